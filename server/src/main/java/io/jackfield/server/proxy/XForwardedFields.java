package io.jackfield.server.proxy;

import io.jackfield.api.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code X-Forwarded-*} fields. Only the addresses are a list to which each proxy adds; of the others a list says
 * nothing, since it is not known who wrote what.
 */
final class XForwardedFields {

    private static final Map<String, String> SECURE = Map.of(
            "Https", "on",
            "X-Forwarded-Ssl", "on",
            "X-Forwarded-Scheme", "https",
            "X-Forwarded-Proto", "https");

    private static final Pattern COMMA = Pattern.compile(",");

    private XForwardedFields() {}

    /** The hops, the nearest last; at least one. */
    static List<Hop> parse(Headers headers) {
        boolean secure = isSecure(headers);
        Optional<String> host = headers.joined("X-Forwarded-Host").filter(HostField::isValid);
        List<Hop> hops = new ArrayList<>();
        for (String node : COMMA.split(headers.joined("X-Forwarded-For").orElse(""), -1)) {
            hops.add(new Hop(AddressLiteral.node(node.strip()), secure, host));
        }
        return hops;
    }

    /** Whether one of four fields has exactly the value that says so. */
    private static boolean isSecure(Headers headers) {
        return SECURE.entrySet().stream()
                .anyMatch(field -> headers.joined(field.getKey())
                        .filter(field.getValue()::equals)
                        .isPresent());
    }
}

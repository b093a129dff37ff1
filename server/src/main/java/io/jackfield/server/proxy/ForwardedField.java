package io.jackfield.server.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The field {@code Forwarded} (RFC 7239 section 4): a list of elements, each with pairs of token and value. */
final class ForwardedField {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final String text;
    private int position;

    private ForwardedField(String text) {
        this.text = text;
    }

    /**
     * Parses all lines of the field as one list.
     *
     * @return the hops, the nearest last; empty if the syntax is broken. Then nothing of it can be believed: a client that
     *     leaves a quote open takes what the proxy adds behind it into its own text
     */
    static Optional<List<Hop>> parse(String text) {
        return new ForwardedField(text).elements();
    }

    private Optional<List<Hop>> elements() {
        List<Hop> hops = new ArrayList<>();
        do {
            Optional<Map<String, String>> pairs = pairs();
            if (pairs.isEmpty()) {
                return Optional.empty();
            }
            // RFC 9110 section 5.6.1: empty elements do not count.
            if (!pairs.get().isEmpty()) {
                hops.add(hop(pairs.get()));
            }
        } while (skip(','));
        return position == text.length() ? Optional.of(hops) : Optional.empty();
    }

    private static Hop hop(Map<String, String> pairs) {
        return new Hop(
                Optional.ofNullable(pairs.get("for")).flatMap(AddressLiteral::node),
                "https".equalsIgnoreCase(pairs.get("proto")) || "wss".equalsIgnoreCase(pairs.get("proto")),
                Optional.ofNullable(pairs.get("host")).filter(HostField::isValid));
    }

    /** One element; a parameter must not occur more than once. */
    private Optional<Map<String, String>> pairs() {
        Map<String, String> pairs = new HashMap<>();
        do {
            skipBlanks();
            String name = token().toLowerCase(Locale.ROOT);
            if (!name.isEmpty()) {
                Optional<String> value = skip('=') ? value() : Optional.empty();
                if (value.isEmpty() || pairs.put(name, value.get()) != null) {
                    return Optional.empty();
                }
            }
            skipBlanks();
        } while (skip(';'));
        return Optional.of(pairs);
    }

    private Optional<String> value() {
        if (skip('"')) {
            return quoted();
        }
        String token = token();
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    private Optional<String> quoted() {
        StringBuilder value = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                return Optional.of(value.toString());
            }
            if (c == '\\') {
                if (position == text.length()) {
                    return Optional.empty();
                }
                c = text.charAt(position++);
            }
            value.append(c);
        }
        return Optional.empty();
    }

    private String token() {
        int start = position;
        while (position < text.length() && isTokenCharacter(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    /** RFC 9110 section 5.6.2. */
    private static boolean isTokenCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private void skipBlanks() {
        while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
            position++;
        }
    }

    private boolean skip(char expected) {
        boolean found = position < text.length() && text.charAt(position) == expected;
        if (found) {
            position++;
        }
        return found;
    }
}

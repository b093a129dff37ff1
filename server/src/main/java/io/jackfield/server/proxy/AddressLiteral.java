package io.jackfield.server.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Internet addresses as they are written; nothing is looked up. */
final class AddressLiteral {

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

    /** Four decimal numbers without leading zeros: those would be octal to some. */
    private static final Pattern VERSION_4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    /** As far as needed to leave the rest to {@link InetAddress}; a zone means nothing on another host. */
    private static final Pattern VERSION_6 = Pattern.compile("[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,43}");

    private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");
    private static final int LARGEST_PORT = 65_535;

    private AddressLiteral() {}

    static Optional<InetAddress> version4(String text) {
        return VERSION_4.matcher(text).matches() ? resolve(text) : Optional.empty();
    }

    static Optional<InetAddress> version6(String text) {
        // Brackets say that it can only be an IPv6 literal: without them some texts would be looked up.
        return VERSION_6.matcher(text).matches() ? resolve("[" + text + "]") : Optional.empty();
    }

    /** A decimal number without leading zeros, 0 to 65535; -1 for anything else. */
    static int port(String text) {
        int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : -1;
        return port > LARGEST_PORT ? -1 : port;
    }

    /**
     * A node of RFC 7239 section 6, {@code 192.0.2.43:47011} or {@code [2001:db8::17]}, or an IPv6 address without brackets and
     * port, as {@code X-Forwarded-For} often has it.
     *
     * @return with port 0 if there is none, or one that hides; empty for {@code unknown}, a name that hides, and all else
     */
    static Optional<InetSocketAddress> node(String text) {
        int portColon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        if (!bracketed && portColon != text.indexOf(':')) {
            return version6(text).map(address -> new InetSocketAddress(address, 0));
        }
        int hostEnd = bracketed ? text.indexOf(']') + 1 : portColon < 0 ? text.length() : portColon;
        String host = text.substring(0, hostEnd);
        Optional<InetAddress> address =
                bracketed && hostEnd > 0 ? version6(host.substring(1, hostEnd - 1)) : version4(host);
        int port = port(text, hostEnd);
        return port < 0 ? Optional.empty() : address.map(known -> new InetSocketAddress(known, port));
    }

    private static int port(String node, int colon) {
        if (colon == node.length() || node.startsWith(":_", colon)) {
            return 0;
        }
        return node.charAt(colon) == ':' ? port(node.substring(colon + 1)) : -1;
    }

    private static Optional<InetAddress> resolve(String literal) {
        try {
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}

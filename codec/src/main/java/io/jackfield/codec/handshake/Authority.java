package io.jackfield.codec.handshake;

/**
 * The value of {@code Host}: {@code uri-host [ ":" port ]} (RFC 9110 section 7.2, RFC 3986 section 3.2). Stricter than
 * the grammar in two points: the host is not empty (RFC 9110 section 4.2.1) and the port, if there is one, fits in 16
 * bits.
 */
final class Authority {

    private static final int MAX_PORT = 0xffff;
    private static final int MAX_PORT_DIGITS = 5;
    private static final int IPV6_PIECES = 8;
    private static final String UNRESERVED_AND_SUB_DELIMS_MARKS = "-._~!$&'()*+,;=";

    private Authority() {}

    static boolean isValid(String text) {
        boolean literal = text.startsWith("[");
        int hostEnd = literal ? text.indexOf(']') + 1 : text.indexOf(':');
        if (hostEnd < 0) {
            hostEnd = text.length();
        }
        String host = text.substring(0, hostEnd);
        boolean validHost = literal ? isIpLiteral(host) : isRegisteredName(host);
        return validHost && (hostEnd == text.length() || text.charAt(hostEnd) == ':' && isPort(text, hostEnd + 1));
    }

    private static boolean isPort(String text, int from) {
        if (text.length() - from > MAX_PORT_DIGITS) {
            return false;
        }
        int port = 0;
        for (int i = from; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
            port = 10 * port + text.charAt(i) - '0';
        }
        return port <= MAX_PORT;
    }

    /** RFC 3986 section 3.2.2: reg-name, of which IPv4address is a special case. */
    private static boolean isRegisteredName(String host) {
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) == '%') {
                if (!PercentEncoding.isAt(host, i)) {
                    return false;
                }
                i += 2;
            } else if (!isUnreservedOrSubDelim(host.charAt(i))) {
                return false;
            }
        }
        return !host.isEmpty();
    }

    private static boolean isIpLiteral(String host) {
        if (host.length() < 2) {
            return false;
        }
        String address = host.substring(1, host.length() - 1);
        return address.startsWith("v") || address.startsWith("V") ? isFutureAddress(address) : isIpv6Address(address);
    }

    /** {@code "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )}. */
    private static boolean isFutureAddress(String address) {
        int dot = address.indexOf('.');
        for (int i = 1; i < dot; i++) {
            if (!PercentEncoding.isHexDigit(address.charAt(i))) {
                return false;
            }
        }
        for (int i = dot + 1; i < address.length(); i++) {
            if (address.charAt(i) != ':' && !isUnreservedOrSubDelim(address.charAt(i))) {
                return false;
            }
        }
        return dot > 1 && dot < address.length() - 1;
    }

    /** Pieces of 16 bits; {@code ::} stands once for at least one of them, an IPv4 address at the end for two. */
    private static boolean isIpv6Address(String address) {
        boolean elided = false;
        int pieces = 0;
        int i = 0;
        if (address.startsWith("::")) {
            elided = true;
            i = 2;
        }
        while (i < address.length()) {
            int end = address.indexOf(':', i);
            if (end < 0) {
                String last = address.substring(i);
                pieces += last.indexOf('.') >= 0 ? 2 : 1;
                return (isPiece(last) || isIpv4Address(last))
                        && (elided ? pieces < IPV6_PIECES : pieces == IPV6_PIECES);
            }
            if (!isPiece(address.substring(i, end))) {
                return false;
            }
            pieces++;
            i = end + 1;
            if (address.startsWith(":", i)) {
                if (elided) {
                    return false;
                }
                elided = true;
                i++;
            } else if (i == address.length()) {
                return false;
            }
        }
        return elided && pieces < IPV6_PIECES;
    }

    private static boolean isPiece(String piece) {
        return !piece.isEmpty() && piece.length() <= 4 && piece.chars().allMatch(PercentEncoding::isHexDigit);
    }

    private static boolean isIpv4Address(String address) {
        String[] octets = address.split("\\.", -1);
        if (octets.length != 4) {
            return false;
        }
        for (String octet : octets) {
            boolean digits =
                    !octet.isEmpty() && octet.length() <= 3 && octet.chars().allMatch(Authority::isDigit);
            boolean leadingZero = octet.length() > 1 && octet.startsWith("0");
            if (!digits || leadingZero || Integer.parseInt(octet) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnreservedOrSubDelim(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || isDigit(c)
                || UNRESERVED_AND_SUB_DELIMS_MARKS.indexOf(c) >= 0;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}

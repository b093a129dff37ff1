package io.jackfield.codec.handshake;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A request target (RFC 9112 section 3.2) that this server takes: origin-form, absolute-form, or the asterisk of
 * OPTIONS.
 *
 * @param pathAndQuery the target in origin-form, or {@code *}
 * @param authority what overrides the field {@code Host} (RFC 9112 section 3.2.2), or null unless in absolute-form
 */
record RequestTarget(String pathAndQuery, String authority) {

    private static final Set<String> SCHEMES = Set.of("http", "https", "ws", "wss");

    /** Reads a target; empty if it is invalid, or authority-form, or has another scheme. */
    static Optional<RequestTarget> parse(String method, String target) {
        RequestTarget parsed = null;
        if (target.startsWith("/")) {
            parsed = new RequestTarget(target, null);
        } else if (target.equals("*") && method.equals("OPTIONS")) {
            parsed = new RequestTarget(target, null);
        } else {
            parsed = parseAbsoluteForm(target);
        }
        return Optional.ofNullable(parsed).filter(found -> isPathAndQuery(found.pathAndQuery));
    }

    private static RequestTarget parseAbsoluteForm(String target) {
        int schemeEnd = target.indexOf("://");
        if (schemeEnd < 0 || !SCHEMES.contains(target.substring(0, schemeEnd).toLowerCase(Locale.ROOT))) {
            return null;
        }
        int authorityStart = schemeEnd + "://".length();
        int authorityEnd = authorityStart;
        while (authorityEnd < target.length() && "/?".indexOf(target.charAt(authorityEnd)) < 0) {
            authorityEnd++;
        }
        String authority = target.substring(authorityStart, authorityEnd);
        String pathAndQuery = target.substring(authorityEnd);
        if (!Authority.isValid(authority)) {
            return null;
        }
        // RFC 9112 section 3.2.1: an empty path is sent as "/".
        return new RequestTarget(pathAndQuery.startsWith("/") ? pathAndQuery : "/" + pathAndQuery, authority);
    }

    /**
     * Looser than RFC 3986 where browsers are: they send brackets, braces, bars, carets, backslashes and grave accents
     * as they are, and stray percent signs in the query. In the path a percent sign must begin a code, since paths are
     * decoded.
     */
    private static boolean isPathAndQuery(String text) {
        boolean inPath = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || isForbidden(c)) {
                return false;
            }
            if (c == '?') {
                inPath = false;
            } else if (c == '%' && inPath && !PercentEncoding.isAt(text, i)) {
                return false;
            }
        }
        return true;
    }

    /** Visible characters that have no place in a target, and that browsers encode wherever they stand. */
    private static boolean isForbidden(char c) {
        return c == '"' || c == '#' || c == '<' || c == '>';
    }
}

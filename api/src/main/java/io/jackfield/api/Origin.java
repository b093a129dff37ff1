package io.jackfield.api;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A web origin (RFC 6454 section 6.2) with scheme and host in lower case. Not parsed by {@code java.net.URI}, which
 * knows no host with an underscore and takes more than an origin.
 *
 * @param scheme as in {@code https}
 * @param host a name or address; an IPv6 address in brackets
 * @param port the port, the scheme's own if none was written, or -1 if it has none
 */
record Origin(String scheme, String host, int port) {

    private static final int LARGEST_PORT = 65_535;

    /**
     * {@code host[:port]} without user information. RFC 3986 allows more marks in names, but no browser's origin has
     * them, and a {@code *} would look like a pattern. Possessive, so that no text is read twice.
     */
    private static final String AUTHORITY = "(?<host>\\[[0-9a-f:.]++\\]|[a-z0-9._~-]++)(?::(?<port>[0-9]{0,5}+))?";

    private static final Pattern HOST_FIELD = Pattern.compile(AUTHORITY, Pattern.CASE_INSENSITIVE);

    private static final Pattern ORIGIN =
            Pattern.compile("(?<scheme>[a-z][a-z0-9+.-]*+)://" + AUTHORITY, Pattern.CASE_INSENSITIVE);

    /** The origin that a text is, nothing around it; empty for {@code null} and all else. */
    static Optional<Origin> parse(String text) {
        Matcher matcher = ORIGIN.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String scheme = matcher.group("scheme").toLowerCase(Locale.ROOT);
        String written = matcher.group("port");
        int port = written == null || written.isEmpty() ? defaultPort(scheme) : Integer.parseInt(written);
        return port > LARGEST_PORT ? Optional.empty() : Optional.of(new Origin(scheme, host(matcher), port));
    }

    /** The host that a {@code Host} field names, in lower case; empty if the value is not one. */
    static Optional<String> hostOfField(String value) {
        Matcher matcher = HOST_FIELD.matcher(value);
        return matcher.matches() ? Optional.of(host(matcher)) : Optional.empty();
    }

    /** Whether the page comes from a web server. */
    boolean isWeb() {
        return scheme.equals("http") || scheme.equals("https");
    }

    private static String host(Matcher matcher) {
        return matcher.group("host").toLowerCase(Locale.ROOT);
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> -1;
        };
    }

    /** As a browser writes it. */
    @Override
    public String toString() {
        return scheme + "://" + host + (port == defaultPort(scheme) ? "" : ":" + port);
    }
}

package io.jackfield.server.proxy;

import java.util.regex.Pattern;

/** {@code host[:port]} as a {@code Host} field has it (RFC 9110 section 7.2), without the marks that no host has. */
final class HostField {

    /** Possessive, so that no text is read twice. */
    private static final Pattern HOST = Pattern.compile("(?:\\[[0-9A-Fa-f:.]++\\]|[A-Za-z0-9._~-]++)(?::[0-9]{1,5}+)?");

    private HostField() {}

    static boolean isValid(String text) {
        return HOST.matcher(text).matches();
    }
}

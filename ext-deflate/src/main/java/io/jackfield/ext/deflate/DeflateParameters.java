package io.jackfield.ext.deflate;

import io.jackfield.api.extension.ExtensionParameter;
import io.jackfield.api.extension.ExtensionParameters;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The four parameters of an offer or a response (RFC 7692 section 7.1).
 *
 * @param serverMaxWindowBits {@link #ABSENT} or 8 to 15
 * @param clientMaxWindowBits {@link #ABSENT}, {@link #WITHOUT_VALUE} or 8 to 15
 */
record DeflateParameters(
        boolean serverNoContextTakeover,
        boolean clientNoContextTakeover,
        int serverMaxWindowBits,
        int clientMaxWindowBits) {

    static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";
    static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";
    static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";
    static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";

    static final int MIN_WINDOW_BITS = 8;
    static final int MAX_WINDOW_BITS = 15;

    static final int ABSENT = 0;
    static final int WITHOUT_VALUE = -1;

    /** RFC 7692 section 7.1.2.1: a decimal integer from 8 to 15 without leading zeroes. */
    private static final Pattern WINDOW_BITS = Pattern.compile("[89]|1[0-5]");

    /** The parameters, or empty if one is unknown, repeated, or has a value that it must not have. */
    static Optional<DeflateParameters> parse(ExtensionParameters parameters) {
        boolean serverNoContextTakeover = false;
        boolean clientNoContextTakeover = false;
        int serverMaxWindowBits = ABSENT;
        int clientMaxWindowBits = ABSENT;
        Set<String> seen = new HashSet<>();
        for (ExtensionParameter parameter : parameters.list()) {
            boolean valid = seen.add(parameter.name());
            switch (parameter.name()) {
                case SERVER_NO_CONTEXT_TAKEOVER -> {
                    valid &= parameter.isFlag();
                    serverNoContextTakeover = true;
                }
                case CLIENT_NO_CONTEXT_TAKEOVER -> {
                    valid &= parameter.isFlag();
                    clientNoContextTakeover = true;
                }
                case SERVER_MAX_WINDOW_BITS -> {
                    valid &= isWindowBits(parameter);
                    serverMaxWindowBits = valid ? Integer.parseInt(parameter.value()) : ABSENT;
                }
                case CLIENT_MAX_WINDOW_BITS -> {
                    valid &= parameter.isFlag() || isWindowBits(parameter);
                    clientMaxWindowBits =
                            valid && !parameter.isFlag() ? Integer.parseInt(parameter.value()) : WITHOUT_VALUE;
                }
                default -> valid = false;
            }
            if (!valid) {
                return Optional.empty();
            }
        }
        return Optional.of(new DeflateParameters(
                serverNoContextTakeover, clientNoContextTakeover, serverMaxWindowBits, clientMaxWindowBits));
    }

    private static boolean isWindowBits(ExtensionParameter parameter) {
        return !parameter.isFlag() && WINDOW_BITS.matcher(parameter.value()).matches();
    }

    /** The parameters as they go into a header field. */
    ExtensionParameters toHeader() {
        ExtensionParameters header = ExtensionParameters.EMPTY;
        if (serverNoContextTakeover) {
            header = header.with(SERVER_NO_CONTEXT_TAKEOVER);
        }
        if (clientNoContextTakeover) {
            header = header.with(CLIENT_NO_CONTEXT_TAKEOVER);
        }
        if (serverMaxWindowBits != ABSENT) {
            header = header.with(SERVER_MAX_WINDOW_BITS, serverMaxWindowBits);
        }
        if (clientMaxWindowBits == WITHOUT_VALUE) {
            header = header.with(CLIENT_MAX_WINDOW_BITS);
        } else if (clientMaxWindowBits != ABSENT) {
            header = header.with(CLIENT_MAX_WINDOW_BITS, clientMaxWindowBits);
        }
        return header;
    }
}

package io.jackfield.codec.handshake;

import java.nio.charset.StandardCharsets;

/** Saves a new string for the field names that browsers send in opening handshakes, spelled as they spell them. */
final class FieldNames {

    private static final String[] FREQUENT = {
        "Host",
        "Connection",
        "Pragma",
        "Cache-Control",
        "User-Agent",
        "Upgrade",
        "Origin",
        "Sec-WebSocket-Version",
        "Accept",
        "Accept-Encoding",
        "Accept-Language",
        "Cookie",
        "Authorization",
        "Sec-WebSocket-Key",
        "Sec-WebSocket-Extensions",
        "Sec-WebSocket-Protocol",
        "Sec-Fetch-Dest",
        "Sec-Fetch-Mode",
        "Sec-Fetch-Site",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "X-Forwarded-Host",
        "X-Forwarded-Port",
        "X-Real-IP",
        "Forwarded",
        "DNT"
    };

    private static final int SLOTS = 128;
    private static final String[] BY_SLOT = new String[SLOTS];

    static {
        // Where two names want one slot, the later has it; the earlier costs a new string.
        for (String name : FREQUENT) {
            BY_SLOT[slot(name.charAt(0), name.charAt(name.length() - 1), name.length())] = name;
        }
    }

    private FieldNames() {}

    /** The name in the octets, which are ASCII and at least one. */
    static String name(byte[] octets, int from, int to) {
        String candidate = BY_SLOT[slot(octets[from], octets[to - 1], to - from)];
        return candidate != null && isSame(candidate, octets, from, to)
                ? candidate
                : new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isSame(String name, byte[] octets, int from, int to) {
        if (name.length() != to - from) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) != octets[from + i]) {
                return false;
            }
        }
        return true;
    }

    private static int slot(int first, int last, int length) {
        return (first + 7 * last + 31 * length) & (SLOTS - 1);
    }
}

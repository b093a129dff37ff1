package io.jackfield.api.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Saves a new string, and a look at each character, for the field names that browsers send in opening handshakes,
 * spelled as they spell them.
 */
public final class FieldNames {

    static final List<String> FREQUENT = List.of(
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
            "DNT");

    private static final int SLOTS = 64;
    private static final String[] BY_SLOT = new String[SLOTS];
    private static final byte[][] OCTETS_BY_SLOT = new byte[SLOTS][];

    static {
        for (String name : FREQUENT) {
            byte[] octets = name.getBytes(StandardCharsets.US_ASCII);
            int slot = slot(octets, 0, octets.length);
            BY_SLOT[slot] = name;
            OCTETS_BY_SLOT[slot] = octets;
        }
    }

    private FieldNames() {}

    /**
     * The name that stands in octets.
     *
     * @param octets any octets, not null
     * @param from where the name begins
     * @param to where it ends, exclusive
     * @return the name, a token
     * @throws IllegalArgumentException if it is no token
     */
    public static String name(byte[] octets, int from, int to) {
        if (from < to) {
            int slot = slot(octets, from, to);
            byte[] frequent = OCTETS_BY_SLOT[slot];
            if (frequent != null && Arrays.equals(frequent, 0, frequent.length, octets, from, to)) {
                return BY_SLOT[slot];
            }
        }
        return FieldGrammar.requireFieldName(new String(octets, from, to - from, StandardCharsets.ISO_8859_1));
    }

    /** Chosen so that no two of the frequent names have one slot. */
    private static int slot(byte[] octets, int from, int to) {
        int length = to - from;
        return (octets[from + length * 3 / 4] + 15 * octets[to - 1] + 31 * length) & (SLOTS - 1);
    }
}

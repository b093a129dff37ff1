package io.jackfield.ext.deflate;

import io.jackfield.api.WebSocket;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;

/** What {@link PermessageDeflate.Builder} collects; its methods say what each value means. Immutable. */
record DeflateOptions(
        int level,
        int strategy,
        boolean noContextTakeover,
        int maxWindowBits,
        boolean requestNoContextTakeover,
        int requestMaxWindowBits,
        int threshold,
        int history) {

    static final String LEVEL = "level";
    static final String STRATEGY = "strategy";
    static final String NO_CONTEXT_TAKEOVER = "noContextTakeover";
    static final String MAX_WINDOW_BITS = "maxWindowBits";
    static final String REQUEST_NO_CONTEXT_TAKEOVER = "requestNoContextTakeover";
    static final String REQUEST_MAX_WINDOW_BITS = "requestMaxWindowBits";
    static final String THRESHOLD = "threshold";
    static final String HISTORY = "history";

    static final Set<String> KEYS = Set.of(
            LEVEL,
            STRATEGY,
            NO_CONTEXT_TAKEOVER,
            MAX_WINDOW_BITS,
            REQUEST_NO_CONTEXT_TAKEOVER,
            REQUEST_MAX_WINDOW_BITS,
            THRESHOLD,
            HISTORY);

    /** Below this the bytes of TCP and IP around a message are several times what compressing it could save. */
    private static final int DEFAULT_THRESHOLD = 16;

    static final int MIN_HISTORY = 256;

    static final int MAX_HISTORY = 1 << DeflateParameters.MAX_WINDOW_BITS;

    /**
     * Of 1 KiB of JSON, on connections that take turns, this much leaves 251 bytes in 36 us, 32 KiB 245 in 68, and a
     * Deflater for each connection 245 in 44 to 50: the last two per cent would cost as much as all the others.
     */
    private static final int DEFAULT_HISTORY = 8 * 1024;

    static final DeflateOptions DEFAULTS = new DeflateOptions(
            Deflater.DEFAULT_COMPRESSION,
            Deflater.DEFAULT_STRATEGY,
            false,
            DeflateParameters.MAX_WINDOW_BITS,
            false,
            DeflateParameters.MAX_WINDOW_BITS,
            DEFAULT_THRESHOLD,
            DEFAULT_HISTORY);

    DeflateOptions {
        requireRange(LEVEL, level, Deflater.DEFAULT_COMPRESSION, Deflater.BEST_COMPRESSION);
        requireRange(STRATEGY, strategy, Deflater.DEFAULT_STRATEGY, Deflater.HUFFMAN_ONLY);
        requireWindowBits(MAX_WINDOW_BITS, maxWindowBits);
        requireWindowBits(REQUEST_MAX_WINDOW_BITS, requestMaxWindowBits);
        requireRange(THRESHOLD, threshold, 0, Integer.MAX_VALUE);
        if (history < MIN_HISTORY || history > MAX_HISTORY || Integer.bitCount(history) != 1) {
            throw notAllowed(HISTORY, history, "a power of two from " + MIN_HISTORY + " to " + MAX_HISTORY);
        }
    }

    private static void requireWindowBits(String key, int value) {
        requireRange(key, value, DeflateParameters.MIN_WINDOW_BITS, DeflateParameters.MAX_WINDOW_BITS);
    }

    private static void requireRange(String key, int value, int minimum, int maximum) {
        if (value < minimum || value > maximum) {
            throw notAllowed(key, value, "a whole number from " + minimum + " to " + maximum);
        }
    }

    private static IllegalArgumentException notAllowed(String key, Object value, String allowed) {
        return new IllegalArgumentException("Option " + key + ": '" + value + "' is not allowed; allowed: " + allowed);
    }

    /** These options with those of the map put in their place; a null value puts the default. */
    DeflateOptions with(Map<String, ?> map) {
        WebSocket.validateOptions(map, KEYS);
        PermessageDeflate.Builder builder = new PermessageDeflate.Builder(this);
        if (map != null) {
            map.forEach((key, value) -> set(builder, key, value));
        }
        return builder.options();
    }

    private static void set(PermessageDeflate.Builder builder, String key, Object value) {
        switch (key) {
            case LEVEL -> builder.level(number(key, value, DEFAULTS.level));
            case STRATEGY -> builder.strategy(number(key, value, DEFAULTS.strategy));
            case NO_CONTEXT_TAKEOVER -> builder.noContextTakeover(flag(key, value));
            case MAX_WINDOW_BITS -> builder.maxWindowBits(number(key, value, DEFAULTS.maxWindowBits));
            case REQUEST_NO_CONTEXT_TAKEOVER -> builder.requestNoContextTakeover(flag(key, value));
            case REQUEST_MAX_WINDOW_BITS ->
                builder.requestMaxWindowBits(number(key, value, DEFAULTS.requestMaxWindowBits));
            case HISTORY -> builder.history(number(key, value, DEFAULTS.history));
            case THRESHOLD -> builder.threshold(number(key, value, DEFAULTS.threshold));
            default -> throw new AssertionError(key);
        }
    }

    private static int number(String key, Object value, int defaultValue) {
        if (value == null) {
            return defaultValue;
        }
        if (value instanceof Number || value instanceof String) {
            try {
                return new BigDecimal(value.toString().strip()).intValueExact();
            } catch (ArithmeticException | NumberFormatException e) {
                // Not a whole number: said below.
            }
        }
        throw notAllowed(key, value, "a whole number");
    }

    private static boolean flag(String key, Object value) {
        if (value == null) {
            return false;
        }
        return switch (value.toString().strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw notAllowed(key, value, "true or false");
        };
    }
}

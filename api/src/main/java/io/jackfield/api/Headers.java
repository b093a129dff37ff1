package io.jackfield.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** HTTP header fields in order. Names compare case-insensitively (RFC 9110 section 5.1). Immutable. */
public final class Headers implements Iterable<Map.Entry<String, String>> {

    /** No fields. */
    public static final Headers EMPTY = new Headers(List.of());

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private static final Set<String> OWNED_BY_HANDSHAKE =
            Set.of("upgrade", "connection", "content-length", "transfer-encoding");

    private final List<Map.Entry<String, String>> fields;

    private Headers(List<Map.Entry<String, String>> fields) {
        this.fields = fields;
    }

    /**
     * The fields of a list, checked.
     *
     * @param fields names and values in order
     * @return new headers
     * @throws IllegalArgumentException for a name that is no token or a value with control characters
     */
    public static Headers of(List<? extends Map.Entry<String, String>> fields) {
        List<Map.Entry<String, String>> checked = new ArrayList<>(fields.size());
        for (Map.Entry<String, String> field : fields) {
            checked.add(checkedField(field.getKey(), field.getValue()));
        }
        return new Headers(Collections.unmodifiableList(checked));
    }

    /**
     * The fields of a map, checked.
     *
     * @param fields values by name, in the map's order
     * @return new headers
     * @throws IllegalArgumentException for a name that is no token or a value with control characters
     */
    public static Headers of(Map<String, String> fields) {
        return of(List.copyOf(fields.entrySet()));
    }

    /**
     * These fields and one more behind them.
     *
     * @param name a token (RFC 9110 section 5.6.2)
     * @param value the value; blanks around it are dropped
     * @return new headers
     * @throws IllegalArgumentException for a name that is no token or a value with control characters
     */
    public Headers with(String name, String value) {
        List<Map.Entry<String, String>> longer = new ArrayList<>(fields);
        longer.add(checkedField(name, value));
        return new Headers(Collections.unmodifiableList(longer));
    }

    /**
     * The value of the first field of a name.
     *
     * @param name a field name
     * @return the value, or empty if there is no such field
     */
    public Optional<String> first(String name) {
        for (Map.Entry<String, String> field : fields) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return Optional.of(field.getValue());
            }
        }
        return Optional.empty();
    }

    /**
     * The values of all fields of a name.
     *
     * @param name a field name
     * @return the values in order; empty if there are none
     */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, String> field : fields) {
            if (field.getKey().equalsIgnoreCase(name)) {
                values.add(field.getValue());
            }
        }
        return values;
    }

    /**
     * All fields of a name as one list (RFC 9110 section 5.3).
     *
     * @param name a field name
     * @return the values joined by {@code ", "}, or empty if there is no such field
     */
    public Optional<String> joined(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /**
     * The number of fields.
     *
     * @return repeated names count each time
     */
    public int size() {
        return fields.size();
    }

    /** The fields in order. */
    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        return fields.iterator();
    }

    /**
     * Refuses fields that only the opening handshake itself may set.
     *
     * @throws IllegalArgumentException for {@code Upgrade}, {@code Connection}, {@code Content-Length},
     *     {@code Transfer-Encoding} and all {@code Sec-WebSocket-*}
     */
    void requireAllowedInHandshake() {
        for (Map.Entry<String, String> field : fields) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (OWNED_BY_HANDSHAKE.contains(name) || name.startsWith("sec-websocket-")) {
                throw new IllegalArgumentException(
                        "The header " + field.getKey() + " belongs to the WebSocket handshake and cannot be set");
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Headers headers && fields.equals(headers.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** The fields one after the other, values left out since they may be secrets. */
    @Override
    public String toString() {
        return fields.stream().map(Map.Entry::getKey).collect(Collectors.joining(", ", "[", "]"));
    }

    private static Map.Entry<String, String> checkedField(String name, String value) {
        Objects.requireNonNull(value, name);
        String trimmedName = name.strip();
        String trimmedValue = value.strip();
        if (!isToken(trimmedName)) {
            throw new IllegalArgumentException("Not a header field name: '" + name + "'");
        }
        if (!isFieldValue(trimmedValue)) {
            throw new IllegalArgumentException("The header " + name + " has a value with control characters");
        }
        return Map.entry(trimmedName, trimmedValue);
    }

    // Plain loops: these checks run for every field of every opening handshake.

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isTokenCharacter(name.charAt(i))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    // RFC 9110 section 5.5: CR, LF and NUL would let a value become another field; other controls are invalid too.
    private static boolean isFieldValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTokenCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || TOKEN_MARKS.indexOf(c) >= 0;
    }
}

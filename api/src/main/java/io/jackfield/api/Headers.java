package io.jackfield.api;

import io.jackfield.api.internal.FieldGrammar;
import io.jackfield.api.internal.FieldNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * HTTP header fields in order. Names compare case-insensitively (RFC 9110 section 5.1); two headers are equal if they
 * have the same fields, written alike, in the same order. Immutable.
 *
 * <p>A value's characters are octets, U+0020 to U+00FF without U+007F, and tabs; blanks and tabs around it are no part
 * of it.
 */
public final class Headers implements Iterable<Map.Entry<String, String>> {

    /** No fields. */
    public static final Headers EMPTY = new Headers(new String[0]);

    private static final Set<String> OWNED_BY_HANDSHAKE =
            Set.of("upgrade", "connection", "content-length", "transfer-encoding");

    /** Each name followed by its value: one array, since every handshake makes headers and few walk through them. */
    private final String[] namesAndValues;

    private Headers(String[] namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    /**
     * The fields of a list, checked.
     *
     * @param fields names and values in order, none of them null; blanks and tabs around both are dropped, so a parser
     *     of requests must refuse blanks around names by itself (RFC 9112 section 5.1)
     * @return new headers
     * @throws IllegalArgumentException for a name that is no token or a value with characters that are not allowed
     */
    public static Headers of(List<? extends Map.Entry<String, String>> fields) {
        Builder checked = new Builder(fields.size());
        for (Map.Entry<String, String> field : fields) {
            checked.add(field.getKey(), field.getValue());
        }
        return checked.build();
    }

    /**
     * The fields of a map, checked.
     *
     * @param fields values by name, in the map's order, none of them null
     * @return new headers
     * @throws IllegalArgumentException for a name that is no token or a value with characters that are not allowed
     */
    public static Headers of(Map<String, String> fields) {
        return of(List.copyOf(fields.entrySet()));
    }

    /**
     * These fields and one more behind them.
     *
     * @param name a token (RFC 9110 section 5.6.2), not null; blanks and tabs around it are dropped
     * @param value the value, not null; blanks and tabs around it are dropped
     * @return new headers
     * @throws IllegalArgumentException for a name that is no token or a value with characters that are not allowed
     */
    public Headers with(String name, String value) {
        return new Builder(size() + 1).addAll(this).add(name, value).build();
    }

    /**
     * Begins headers that get their fields one by one.
     *
     * @return a builder without fields
     */
    public static Builder builder() {
        return new Builder(16);
    }

    /**
     * The value of the first field of a name.
     *
     * @param name a field name, in any case
     * @return the value, or empty if there is no such field
     */
    public Optional<String> first(String name) {
        for (int i = 0; i < size(); i++) {
            if (isNamed(i, name)) {
                return Optional.of(value(i));
            }
        }
        return Optional.empty();
    }

    /**
     * The values of all fields of a name.
     *
     * @param name a field name, in any case
     * @return the values in order, immutable; empty if there are none
     */
    public List<String> all(String name) {
        List<String> values = null;
        for (int i = 0; i < size(); i++) {
            if (isNamed(i, name)) {
                if (values == null) {
                    values = new ArrayList<>(1);
                }
                values.add(value(i));
            }
        }
        return values == null ? List.of() : Collections.unmodifiableList(values);
    }

    /**
     * All fields of a name as one list (RFC 9110 section 5.3).
     *
     * @param name a field name, in any case
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
        return namesAndValues.length / 2;
    }

    /** The fields in order; the entries are immutable. */
    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size();
            }

            @Override
            public Map.Entry<String, String> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return Map.entry(name(next), value(next++));
            }
        };
    }

    String name(int index) {
        return namesAndValues[2 * index];
    }

    String value(int index) {
        return namesAndValues[2 * index + 1];
    }

    boolean isNamed(int index, String name) {
        return name(index).equalsIgnoreCase(name);
    }

    /** Whether they have what RFC 6455 section 4.2.1 asks for in its items 3 and 4. In one pass, for each request is asked. */
    boolean askForWebSocket() {
        boolean connectionUpgrades = false;
        boolean upgradesToWebSocket = false;
        for (int i = 0; i < size(); i++) {
            if (isNamed(i, "Connection")) {
                connectionUpgrades |= Tokens.contains(value(i), "upgrade");
            } else if (isNamed(i, "Upgrade")) {
                upgradesToWebSocket |= Tokens.contains(value(i), "websocket");
            }
        }
        return connectionUpgrades && upgradesToWebSocket;
    }

    /**
     * Refuses fields that only the opening handshake itself may set.
     *
     * @throws IllegalArgumentException for {@code Upgrade}, {@code Connection}, {@code Content-Length},
     *     {@code Transfer-Encoding} and all {@code Sec-WebSocket-*}
     */
    void requireAllowedInHandshake() {
        for (int i = 0; i < size(); i++) {
            String name = name(i).toLowerCase(Locale.ROOT);
            if (OWNED_BY_HANDSHAKE.contains(name) || name.startsWith("sec-websocket-")) {
                throw new IllegalArgumentException(
                        "The header " + name(i) + " belongs to the WebSocket handshake and cannot be set");
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Headers headers && Arrays.equals(namesAndValues, headers.namesAndValues);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(namesAndValues);
    }

    /** The names one after the other, values left out since they may be secrets. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            names.add(name(i));
        }
        return names.toString();
    }

    /**
     * Collects fields in order and checks each. Not thread-safe.
     *
     * @see Headers#builder()
     */
    public static final class Builder {
        private String[] namesAndValues;
        private int length;

        private Builder(int expectedFields) {
            namesAndValues = new String[2 * expectedFields];
        }

        /**
         * Adds a field.
         *
         * @param name a token (RFC 9110 section 5.6.2), not null; blanks and tabs around it are dropped
         * @param value the value, not null; blanks and tabs around it are dropped
         * @return this
         * @throws IllegalArgumentException for a name that is no token or a value with characters that are not allowed
         */
        public Builder add(String name, String value) {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, name);
            String checkedName = FieldGrammar.requireFieldName(FieldGrammar.trimBlanks(name));
            put(checkedName, FieldGrammar.fieldValue(checkedName, value));
            return this;
        }

        /**
         * Adds a field that stands in octets, as it does for a parser. This costs less than the same with strings.
         *
         * @param octets not null, not kept
         * @param nameStart where the name begins
         * @param nameEnd where it ends, exclusive; it is a token (RFC 9110 section 5.6.2) without blanks around it
         * @param valueStart where the value begins, read as ISO-8859-1; blanks and tabs around it are dropped
         * @param valueEnd where it ends, exclusive
         * @return this
         * @throws IllegalArgumentException for a name that is no token or a value with characters that are not allowed
         * @throws IndexOutOfBoundsException for a range that is not one of the octets
         */
        public Builder add(byte[] octets, int nameStart, int nameEnd, int valueStart, int valueEnd) {
            Objects.checkFromToIndex(nameStart, nameEnd, octets.length);
            Objects.checkFromToIndex(valueStart, valueEnd, octets.length);
            String name = FieldNames.name(octets, nameStart, nameEnd);
            put(name, FieldGrammar.fieldValue(name, octets, valueStart, valueEnd));
            return this;
        }

        /**
         * Adds fields.
         *
         * @param fields the fields, not null
         * @return this
         */
        public Builder addAll(Headers fields) {
            reserve(fields.namesAndValues.length);
            System.arraycopy(fields.namesAndValues, 0, namesAndValues, length, fields.namesAndValues.length);
            length += fields.namesAndValues.length;
            return this;
        }

        private void put(String name, String value) {
            reserve(2);
            namesAndValues[length] = name;
            namesAndValues[length + 1] = value;
            length += 2;
        }

        private void reserve(int more) {
            if (length + more > namesAndValues.length) {
                namesAndValues = Arrays.copyOf(namesAndValues, Math.max(length + more, 2 * namesAndValues.length));
            }
        }

        /**
         * Makes the headers.
         *
         * @return new headers with the fields up to now
         */
        public Headers build() {
            return length == 0 ? EMPTY : new Headers(Arrays.copyOf(namesAndValues, length));
        }
    }
}

package io.jackfield.dist.demo.chat;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** As much JSON (RFC 8259) as the chat needs: reads objects of strings, writes objects, lists, strings and numbers. */
final class Json {

    /** Stands behind the text: no character of JSON outside strings. */
    private static final char END = '\0';

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** A text that is JSON already; written into another as it is. */
    record Value(String json) {}

    /**
     * Writes an object.
     *
     * @param namesAndValues names and values in turn; a value is a text, a number, a {@link Value} or a list of them
     */
    static Value object(Object... namesAndValues) {
        Iterator<Object> rest = List.of(namesAndValues).iterator();
        StringBuilder json = new StringBuilder("{");
        while (rest.hasNext()) {
            json.append(json.length() == 1 ? "" : ",")
                    .append(write(rest.next()))
                    .append(':');
            json.append(write(rest.next()));
        }
        return new Value(json.append('}').toString());
    }

    private static String write(Object value) {
        if (value instanceof Value written) {
            return written.json();
        }
        if (value instanceof Number) {
            return value.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
        }
        return quote(value.toString());
    }

    private static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    /**
     * Reads an object whose values are all strings.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    static Map<String, String> readStrings(String text) {
        return new Json(text).readObject();
    }

    private Map<String, String> readObject() {
        Map<String, String> fields = new LinkedHashMap<>();
        expect('{');
        if (peek() != '}') {
            readField(fields);
            while (peek() == ',') {
                at++;
                readField(fields);
            }
        }
        expect('}');
        if (peek() != END || at < text.length()) {
            throw unexpected();
        }
        return fields;
    }

    private void readField(Map<String, String> fields) {
        String name = readString();
        expect(':');
        fields.put(name, readString());
    }

    private String readString() {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                throw unexpected();
            }
            string.append(c == '\\' ? readEscape() : c);
        }
        if (at == text.length()) {
            throw unexpected();
        }
        at++;
        return string.toString();
    }

    private char readEscape() {
        char c = at < text.length() ? text.charAt(at++) : END;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> readHex();
            default -> throw unexpected();
        };
    }

    private char readHex() {
        int value = 0;
        for (int digit = 0; digit < 4; digit++) {
            int next = at < text.length() ? Character.digit(text.charAt(at++), 16) : -1;
            if (next < 0) {
                throw unexpected();
            }
            value = value << 4 | next;
        }
        return (char) value;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw unexpected();
        }
        at++;
    }

    /** The next character behind white space. */
    private char peek() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : END;
    }

    private static IllegalArgumentException unexpected() {
        return new IllegalArgumentException("Not a JSON object of strings");
    }
}

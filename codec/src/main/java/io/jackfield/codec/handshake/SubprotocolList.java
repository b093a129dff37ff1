package io.jackfield.codec.handshake;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The field {@code Sec-WebSocket-Protocol} of a request: {@code 1#token}, each once (RFC 6455 section 11.3.4). */
final class SubprotocolList {

    private SubprotocolList() {}

    /**
     * Reads a field in linear time. Blanks and tabs around names and empty elements are tolerated (RFC 9110 section
     * 5.6.1.2).
     *
     * @param value the field's value, several lines joined by commas
     * @return the names in order, or empty if the value is invalid
     */
    static Optional<Set<String>> parse(CharSequence value) {
        Set<String> names = new LinkedHashSet<>();
        int position = skipBlanks(value, 0);
        while (position < value.length()) {
            int end = Token.end(value, position);
            if (end > position && !names.add(value.subSequence(position, end).toString())) {
                return Optional.empty();
            }
            position = skipBlanks(value, end);
            if (position < value.length()) {
                if (value.charAt(position) != ',') {
                    return Optional.empty();
                }
                position = skipBlanks(value, position + 1);
            }
        }
        return Optional.of(names).filter(found -> !found.isEmpty());
    }

    /** The first name in the client's order that the server knows, or "" (RFC 6455 section 4.2.2, item 5.5). */
    static String choose(Set<String> offered, List<String> supported) {
        for (String name : offered) {
            if (supported.contains(name)) {
                return name;
            }
        }
        return "";
    }

    private static int skipBlanks(CharSequence text, int from) {
        int position = from;
        while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
            position++;
        }
        return position;
    }
}

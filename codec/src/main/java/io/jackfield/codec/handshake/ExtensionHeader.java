package io.jackfield.codec.handshake;

import io.jackfield.api.extension.ExtensionParameter;
import io.jackfield.api.extension.ExtensionParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The field {@code Sec-WebSocket-Extensions} (RFC 6455 section 9.1):
 *
 * <pre>
 * extensions    = 1#extension
 * extension     = token *( ";" parameter )
 * parameter     = token [ "=" ( token | quoted-string ) ]
 * </pre>
 *
 * <p>Blanks may stand around commas and semicolons, tabs nowhere, and nothing around the equals sign. That is stricter
 * than RFC 2616's implied white space, to which RFC 6455 refers and which RFC 7230 abolished: nobody sends it. Empty
 * list elements are tolerated (RFC 9110 section 5.6.1.2), since two field lines of which one is empty make one; empty
 * parameters are not. An empty field offers nothing.
 */
final class ExtensionHeader {

    /**
     * One element of the list.
     *
     * @param name the extension's name
     * @param parameters what was said of it
     */
    record Element(String name, ExtensionParameters parameters) {}

    private final CharSequence text;
    private int position;

    private ExtensionHeader(CharSequence text) {
        this.text = text;
    }

    /**
     * Reads a field in linear time.
     *
     * @param value the field's value, several lines joined by commas
     * @return the elements in order, or empty if the value is invalid
     */
    static Optional<List<Element>> parse(CharSequence value) {
        return value.length() == 0 ? Optional.of(List.of()) : Optional.ofNullable(new ExtensionHeader(value).list());
    }

    /** Null if the grammar is violated, as in the other productions. */
    private List<Element> list() {
        List<Element> elements = new ArrayList<>(2);
        do {
            skipBlanks();
            if (atEnd() || text.charAt(position) == ',') {
                continue;
            }
            Element element = element();
            if (element == null) {
                return null;
            }
            elements.add(element);
        } while (take(','));
        return atEnd() && !elements.isEmpty() ? elements : null;
    }

    private Element element() {
        String name = token();
        if (name == null) {
            return null;
        }
        List<ExtensionParameter> parameters = new ArrayList<>(2);
        skipBlanks();
        while (take(';')) {
            skipBlanks();
            ExtensionParameter parameter = parameter();
            if (parameter == null) {
                return null;
            }
            parameters.add(parameter);
            skipBlanks();
        }
        return new Element(name, new ExtensionParameters(parameters));
    }

    private ExtensionParameter parameter() {
        String name = token();
        if (name == null || !take('=')) {
            return name == null ? null : ExtensionParameter.flag(name);
        }
        String value = take('"') ? restOfQuotedString() : token();
        return value == null ? null : new ExtensionParameter(name, value);
    }

    private String token() {
        int start = position;
        position = Token.end(text, start);
        return position > start ? text.subSequence(start, position).toString() : null;
    }

    /** RFC 6455 section 9.1: the value after unescaping must conform to the token ABNF. */
    private String restOfQuotedString() {
        StringBuilder value = new StringBuilder();
        while (!take('"')) {
            take('\\');
            if (atEnd() || !Token.isTokenCharacter(text.charAt(position))) {
                return null;
            }
            value.append(text.charAt(position++));
        }
        return value.isEmpty() ? null : value.toString();
    }

    private void skipBlanks() {
        while (take(' ')) {
            // taken
        }
    }

    private boolean take(char c) {
        boolean there = !atEnd() && text.charAt(position) == c;
        if (there) {
            position++;
        }
        return there;
    }

    private boolean atEnd() {
        return position == text.length();
    }

    /**
     * Writes one element.
     *
     * @param name the extension's name
     * @param parameters what to say of it; values that are no token are quoted
     * @return the element
     * @throws IllegalArgumentException if a name is no token, or a value has a character that is not printable ASCII
     */
    static String format(String name, ExtensionParameters parameters) {
        StringBuilder element = new StringBuilder(requireToken(name));
        for (ExtensionParameter parameter : parameters.list()) {
            element.append("; ").append(requireToken(parameter.name()));
            if (!parameter.isFlag()) {
                element.append('=');
                appendValue(element, parameter.value());
            }
        }
        return element.toString();
    }

    private static String requireToken(String name) {
        if (!Token.isToken(name)) {
            throw new IllegalArgumentException("Not a token: '" + name + "'");
        }
        return name;
    }

    private static void appendValue(StringBuilder element, String value) {
        if (Token.isToken(value)) {
            element.append(value);
            return;
        }
        element.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            // RFC 9110 section 5.5: a CR or LF would end the field.
            if (c < ' ' || c >= 0x7f) {
                throw new IllegalArgumentException("A parameter value may contain printable ASCII alone");
            }
            if (c == '"' || c == '\\') {
                element.append('\\');
            }
            element.append(c);
        }
        element.append('"');
    }
}

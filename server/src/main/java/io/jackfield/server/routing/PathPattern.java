package io.jackfield.server.routing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The paths of an endpoint: exact ({@code /chat}), with parameters that take one segment each ({@code /rooms/{room}}), or
 * with everything below ({@code /files/*}). Literal segments are compared as they stand in the request, not decoded.
 */
public final class PathPattern implements Comparable<PathPattern> {

    private static final String REST = "*";

    private final String text;
    private final List<String> segments;
    private final boolean prefix;

    /** The pattern without the names of its parameters. */
    private final String shape;

    private PathPattern(String text, List<String> segments, boolean prefix) {
        this.text = text;
        this.segments = segments;
        this.prefix = prefix;
        shape = segments.stream()
                        .map(segment -> isParameter(segment) ? "{}" : segment)
                        .collect(Collectors.joining("/"))
                + (prefix ? "/" + REST : "");
    }

    /**
     * Reads a pattern.
     *
     * @param text the pattern
     * @return the pattern
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static PathPattern parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("A path starts with /: '" + text + "'");
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '?' && c != '#')) {
            throw new IllegalArgumentException("A path has neither blanks, ? nor #: '" + text + "'");
        }
        List<String> segments = split(text);
        boolean prefix = segments.get(segments.size() - 1).equals(REST);
        if (prefix) {
            segments.remove(segments.size() - 1);
        }
        Set<String> names = new HashSet<>();
        for (String segment : segments) {
            if (segment.contains(REST)) {
                throw new IllegalArgumentException("* stands for a whole last segment only: '" + text + "'");
            }
            boolean braces = segment.contains("{") || segment.contains("}");
            if (braces && (!isParameter(segment) || !names.add(segment))) {
                throw new IllegalArgumentException(
                        "A parameter is a whole segment {name}, each name once: '" + text + "'");
            }
        }
        return new PathPattern(text, List.copyOf(segments), prefix);
    }

    /**
     * Compares a request's path with the pattern.
     *
     * @param path a path without query, percent-encoded
     * @return the decoded parameters, {@code *} for the rest of a prefix, or empty if the path does not match
     */
    public Optional<Map<String, String>> match(String path) {
        if (!path.startsWith("/")) {
            return Optional.empty();
        }
        List<String> given = split(path);
        if (prefix ? given.size() < segments.size() : given.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (!isParameter(segment)) {
                if (!segment.equals(given.get(i))) {
                    return Optional.empty();
                }
            } else {
                Optional<String> value = decode(given.get(i));
                if (value.isEmpty() || value.get().isEmpty()) {
                    return Optional.empty();
                }
                parameters.put(segment.substring(1, segment.length() - 1), value.get());
            }
        }
        if (prefix) {
            Optional<String> rest = decode(String.join("/", given.subList(segments.size(), given.size())));
            if (rest.isEmpty()) {
                return Optional.empty();
            }
            parameters.put(REST, rest.get());
        }
        return Optional.of(parameters);
    }

    /** Whether the pattern matches one path alone. */
    boolean isExact() {
        return !prefix && segments.stream().noneMatch(PathPattern::isParameter);
    }

    /** The more specific pattern first: exact before parameters before prefixes, then the longer, literal segments early. */
    @Override
    public int compareTo(PathPattern other) {
        if (prefix != other.prefix) {
            return prefix ? 1 : -1;
        }
        if (segments.size() != other.segments.size()) {
            return other.segments.size() - segments.size();
        }
        for (int i = 0; i < segments.size(); i++) {
            boolean parameter = isParameter(segments.get(i));
            if (parameter != isParameter(other.segments.get(i))) {
                return parameter ? 1 : -1;
            }
        }
        return shape.compareTo(other.shape);
    }

    /** Patterns are equal if they match the same paths: the names of parameters do not count. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PathPattern pattern && shape.equals(pattern.shape);
    }

    @Override
    public int hashCode() {
        return shape.hashCode();
    }

    /** The pattern as it was given. */
    @Override
    public String toString() {
        return text;
    }

    private static boolean isParameter(String segment) {
        return segment.length() > 2
                && segment.charAt(0) == '{'
                && segment.indexOf('}') == segment.length() - 1
                && segment.lastIndexOf('{') == 0;
    }

    private static List<String> split(String path) {
        List<String> segments = new ArrayList<>();
        int start = 1;
        for (int end = path.indexOf('/', start); end >= 0; end = path.indexOf('/', start)) {
            segments.add(path.substring(start, end));
            start = end + 1;
        }
        segments.add(path.substring(start));
        return segments;
    }

    /** Percent-decodes UTF-8; empty for what is not well-formed, which then matches nothing. */
    private static Optional<String> decode(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return Optional.of(encoded);
        }
        byte[] bytes = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
                int low = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[length++] = (byte) c;
            }
        }
        try {
            ByteBuffer utf8 = ByteBuffer.wrap(bytes, 0, length);
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(utf8).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

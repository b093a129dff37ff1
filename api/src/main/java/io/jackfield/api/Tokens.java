package io.jackfield.api;

import io.jackfield.api.internal.FieldGrammar;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Comma-separated lists of tokens (RFC 9110 section 5.6.1). */
final class Tokens {

    private Tokens() {}

    /** Whether a list has the token as one of its elements, case-insensitively. Linear, and allocates nothing. */
    static boolean contains(String list, String token) {
        int start = 0;
        while (start <= list.length()) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            if (elementIs(token, list, start, end)) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    private static boolean elementIs(String token, String list, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && FieldGrammar.isBlank(list.charAt(start))) {
            start++;
        }
        while (end > start && FieldGrammar.isBlank(list.charAt(end - 1))) {
            end--;
        }
        // Header values hold no character beyond U+00FF, and of those no two but ASCII letters fold to one ASCII
        // letter.
        return end - start == token.length() && list.regionMatches(true, start, token, 0, token.length());
    }

    /** The tokens of some lists in their order, case kept; empty elements do not count. */
    static List<String> distinct(Iterable<String> lists) {
        Set<String> tokens = new LinkedHashSet<>();
        for (String list : lists) {
            for (String element : list.split(",")) {
                String token = FieldGrammar.trimBlanks(element);
                if (token.isEmpty()) {
                    continue;
                }
                if (!FieldGrammar.isToken(token)) {
                    throw new IllegalArgumentException("Not a token: '" + token + "'");
                }
                if (!tokens.add(token)) {
                    throw new IllegalArgumentException("Given twice: '" + token + "'");
                }
            }
        }
        return List.copyOf(tokens);
    }
}

package io.jackfield.api;

/** Lists of tokens in header fields. */
final class Tokens {

    private Tokens() {}

    /** Whether one of the fields lists the token, case-insensitively (RFC 9110 section 5.6.1). */
    static boolean contains(Headers headers, String name, String token) {
        for (String value : headers.all(name)) {
            for (String element : value.split(",", -1)) {
                if (element.strip().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }
}

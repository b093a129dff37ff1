package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TokenTest {

    private static final String TOKEN_CHARACTERS =
            "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @Test
    @DisplayName("R-8 R-29 A-45: RFC 9110 section 5.6.2, character by character")
    void eachCharacterIsJudged() {
        for (int c = -1; c < 0x300; c++) {
            assertEquals(c >= 0 && TOKEN_CHARACTERS.indexOf(c) >= 0, Token.isTokenCharacter(c), "character " + c);
        }
    }

    @Test
    void aTokenIsAtLeastOneCharacterAndNothingElse() {
        assertTrue(Token.isToken("x"));
        assertTrue(Token.isToken(TOKEN_CHARACTERS));
        assertFalse(Token.isToken(""));
        assertFalse(Token.isToken(" x"));
        assertFalse(Token.isToken("x "));
        assertFalse(Token.isToken("x\u0080"));
    }

    @Test
    void endsWhereItEnds() {
        byte[] octets = {'a', 'b', ' ', 'c', (byte) 0x80};
        assertEquals(2, Token.end(octets, 0, octets.length));
        assertEquals(1, Token.end(octets, 0, 1));
        assertEquals(2, Token.end(octets, 2, octets.length));
        assertEquals(4, Token.end(octets, 3, octets.length));
        assertEquals(2, Token.end("ab c", 0));
        assertEquals(4, Token.end("ab c", 3));
    }
}

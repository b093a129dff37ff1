package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeKeyTest {

    @ParameterizedTest
    @CsvSource({
        "JFBCWHksyIpXV+6Wlq/9pw==, JdiiuafpBKRqD7eol0y4vJDTsTs=",
        "dGhlIHNhbXBsZSBub25jZQ==, s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
    })
    @DisplayName("S-39, R-38: known answers")
    void knownAnswers(String key, String accept) {
        assertTrue(HandshakeKey.isValid(key));
        assertEquals(accept, HandshakeKey.accept(key));
    }

    @Test
    @DisplayName("R-32: base64 of any 16 bytes is a key, of fewer or more none")
    void onlySixteenBytesAreAKey() {
        Random random = new Random(32);
        for (int length = 0; length < 40; length++) {
            byte[] nonce = new byte[length];
            random.nextBytes(nonce);
            assertEquals(
                    length == 16, HandshakeKey.isValid(Base64.getEncoder().encodeToString(nonce)), length + " bytes");
        }
    }

    @Test
    @DisplayName("R-32: each character of base64 is one, and no other")
    void charactersOfAKey() {
        String base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (char c = 0; c < 0x180; c++) {
            assertEquals(
                    base64.indexOf(c) >= 0,
                    HandshakeKey.isValid(c + "GhlIHNhbXBsZSBub25jZQ=="),
                    "character " + (int) c);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "====",
                "dGhlIHNhbXBsZSBub25jZQ",
                "dGhlIHNhbXBsZSBub25jZQ=",
                "dGhlIHNhbXBsZSBub25jZQ===",
                "dGhlIHNhbXBsZSBub25jZQA=",
                "dGhlIHNhbXBsZSBub25jZQAA",
                "dGhlIHNhbXBsZSBub25jZ===",
                "dGhlIHNhbXBsZSBub2-jZQ==",
                "dGhlIHNhbXBsZSBub2_jZQ==",
                "dGhlIHNhbXBs ZSBub25jZQ=",
                "dGhlIHNhbXBsZSBub25j\u00e9Q==",
                "dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ=="
            })
    @DisplayName("S-53, R-32: what is no base64 of 16 bytes is no key")
    void otherTextIsNoKey(String key) {
        assertFalse(HandshakeKey.isValid(key));
    }
}

package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R-11, A-54: the value of Host")
class AuthorityTest {

    @Test
    void eachCharacterOfANameIsJudged() {
        // RFC 3986 sections 2.2 and 2.3: unreserved and sub-delims.
        String allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=";
        String hexDigits = "0123456789abcdefABCDEF";
        for (char c = 0; c < 0x180; c++) {
            String which = "character " + (int) c;
            // At the end it may also end the name: the port follows, which may be empty.
            assertEquals(allowed.indexOf(c) >= 0 || c == ':', Authority.isValid("a" + c), which);
            assertEquals(allowed.indexOf(c) >= 0, Authority.isValid(c + "a"), which);
            assertEquals(allowed.indexOf(c) >= 0 || c == ':', Authority.isValid("[v1." + c + "]"), which);
            assertEquals(hexDigits.indexOf(c) >= 0, Authority.isValid("%" + c + "0"), which);
            assertEquals(hexDigits.indexOf(c) >= 0, Authority.isValid("%0" + c), which);
            assertEquals(hexDigits.indexOf(c) >= 0, Authority.isValid("[1" + c + "1::]") && c != ':', which);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a.b-c_d~e",
                "a:0",
                "1.2.3.4",
                "256.1.1.1",
                "a!$&'()*+,;=b",
                "%41",
                "A%c3%A9",
                "[::]",
                "[::1]",
                "[1::]",
                "[1:2:3:4:5:6:7:8]",
                "[1:2:3:4:5:6:7::]",
                "[::2:3:4:5:6:7:8]",
                "[1::3:4:5:6:7:8]",
                "[ffff:FFFF::]:443",
                "[::ffff:1.2.3.4]",
                "[1:2:3:4:5:6:1.2.3.4]",
                "[::1.2.3.4]",
                "[v1.a:b]",
                "[VF.x]"
            })
    void validValuesAreTaken(String value) {
        assertTrue(Authority.isValid(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":1",
                "a:65536",
                "a:000001",
                "a:-1",
                "a:1x",
                "a b",
                "a/b",
                "a@b",
                "a?b",
                "a#b",
                "a\\b",
                "a\"b",
                "<a>",
                "{a}",
                "a|b",
                "a^b",
                "%",
                "%4",
                "%4g",
                "a[",
                "]",
                "[",
                "[]",
                "[:]",
                "[:::]",
                "[1]",
                "[1:2:3:4:5:6:7]",
                "[1:2:3:4:5:6:7:8:9]",
                "[1:2:3:4:5:6:7:8::]",
                "[::1:2:3:4:5:6:7:8]",
                "[1::2::3]",
                "[1:]",
                "[:1]",
                "[1::2:]",
                "[12345::]",
                "[g::]",
                "[::1.2.3]",
                "[::1.2.3.4.5]",
                "[::256.1.1.1]",
                "[::01.1.1.1]",
                "[::1.2.3.4:5]",
                "[1:2:3:4:5:6:7:1.2.3.4]",
                "[::1%25eth0]",
                "[fe80::1%eth0]",
                "[::1]a",
                "[::1]:x",
                "[::1",
                "::1",
                "[v.a]",
                "[v1.]",
                "[v1]",
                "[vg.a]",
                "[v1.a/b]",
                "[::.]",
                "[::1.2.3.]"
            })
    void invalidValuesAreNot(String value) {
        assertFalse(Authority.isValid(value));
    }
}

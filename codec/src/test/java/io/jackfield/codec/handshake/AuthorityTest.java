package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R-11, A-54: the value of Host")
class AuthorityTest {

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

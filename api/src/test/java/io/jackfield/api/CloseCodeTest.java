package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloseCodeTest {

    @ParameterizedTest
    @DisplayName("S-120, S-124, R-71: legal on the wire")
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void legalOnWire(int code) {
        assertTrue(CloseCode.isLegalOnWire(code));
    }

    @ParameterizedTest
    @DisplayName("S-123, S-133, R-70, R-71: never legal on the wire")
    @ValueSource(
            ints = {
                Integer.MIN_VALUE,
                -1000,
                -1,
                0,
                1,
                999,
                1004,
                1005,
                1006,
                1015,
                1016,
                1999,
                2000,
                2999,
                5000,
                65_535,
                66_536,
                Integer.MAX_VALUE
            })
    void notLegalOnWire(int code) {
        assertFalse(CloseCode.isLegalOnWire(code));
    }

    @Test
    @DisplayName("S-104, S-105: an application closes with 1000, or 3000 to 4999, and nothing else")
    void applicationsCloseWith1000Or3000To4999() {
        List<Integer> allowed = IntStream.range(-10, 70_000)
                .filter(CloseCode::isAllowedInClose)
                .boxed()
                .toList();
        List<Integer> expected = IntStream.concat(IntStream.of(1000), IntStream.rangeClosed(3000, 4999))
                .boxed()
                .toList();
        assertEquals(expected, allowed);
    }

    @ParameterizedTest
    @EnumSource
    void everyCodeIsFoundByItsNumber(CloseCode code) {
        assertEquals(Optional.of(code), CloseCode.of(code.value()));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 999, 1004, 1016, 3000, 4999})
    void otherNumbersAreNoRegisteredCode(int value) {
        assertEquals(Optional.empty(), CloseCode.of(value));
    }

    @Test
    @DisplayName("R-70: of the registered codes 1005, 1006 and 1015 are never on the wire")
    void threeCodesAreNeverOnTheWire() {
        List<CloseCode> never = Arrays.stream(CloseCode.values())
                .filter(code -> !CloseCode.isLegalOnWire(code.value()))
                .toList();
        assertEquals(List.of(CloseCode.NO_STATUS_RECEIVED, CloseCode.ABNORMAL_CLOSURE, CloseCode.TLS_HANDSHAKE), never);
    }

    @Test
    @DisplayName("RFC 6455 7.4.1 and the IANA registry: names and numbers")
    void codesHaveTheirRegisteredNumbers() {
        assertEquals(
                List.of(1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 1015),
                Arrays.stream(CloseCode.values()).map(CloseCode::value).toList());
        assertEquals(1000, CloseCode.NORMAL_CLOSURE.value());
        assertEquals(1002, CloseCode.PROTOCOL_ERROR.value());
        assertEquals(1007, CloseCode.INVALID_PAYLOAD_DATA.value());
        assertEquals(1008, CloseCode.POLICY_VIOLATION.value());
        assertEquals(1009, CloseCode.MESSAGE_TOO_BIG.value());
        assertEquals(1011, CloseCode.INTERNAL_ERROR.value());
        assertEquals(1012, CloseCode.SERVICE_RESTART.value());
        assertEquals(1013, CloseCode.TRY_AGAIN_LATER.value());
    }
}

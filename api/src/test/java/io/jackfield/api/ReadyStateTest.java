package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReadyStateTest {

    @Test
    @DisplayName("S-27, S-28: CONNECTING 0, OPEN 1, CLOSING 2, CLOSED 3")
    void statesHaveTheNumbersOfTheW3c() {
        assertEquals(
                List.of("CONNECTING 0", "OPEN 1", "CLOSING 2", "CLOSED 3"),
                Arrays.stream(ReadyState.values())
                        .map(state -> state + " " + state.value())
                        .toList());
    }
}

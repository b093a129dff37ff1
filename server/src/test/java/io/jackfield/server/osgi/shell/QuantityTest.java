package io.jackfield.server.osgi.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1048575, 1.0 MiB",
        "1048576, 1.0 MiB",
        "1610612736, 1.5 GiB",
        "9223372036854775807, 8.0 EiB"
    })
    void bytesHaveAUnit(long bytes, String text) {
        assertEquals(text, Quantity.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({"PT0.9S, 0s", "PT59S, 59s", "PT3M7S, 3m07s", "PT2H5M9S, 2h05m", "P9DT4H59M, 9d04h"})
    void agesHaveTwoUnits(Duration age, String text) {
        assertEquals(text, Quantity.age(age));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0.0 ms", "PT0.00035S, 0.4 ms", "PT1.5S, 1500.0 ms"})
    void timesAreInMilliseconds(Duration time, String text) {
        assertEquals(text, Quantity.millis(time));
    }
}

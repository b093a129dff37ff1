package io.jackfield.ext.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeflateOptionsTest {

    @Test
    @DisplayName("S-198 exactly the documented keys are options")
    void unknownKeysAreRefusedByName() {
        for (String key : List.of("memLevel", "zlib", "windowBits", "Level")) {
            assertEquals("Unrecognized option: " + key, messageOf(Map.of(key, 9)));
        }
    }

    @Test
    @DisplayName("S-198, S-203 each documented key is taken, as a number or boolean and as text")
    void allKeysAreTaken() {
        DeflateOptions expected = new DeflateOptions(9, 2, true, 10, true, 11, 100, 512);
        Map<String, Object> values = Map.of(
                "level", 9,
                "strategy", 2,
                "noContextTakeover", true,
                "maxWindowBits", 10,
                "requestNoContextTakeover", true,
                "requestMaxWindowBits", 11,
                "threshold", 100,
                "history", 512);
        Map<String, Object> texts = new HashMap<>();
        values.forEach((key, value) -> texts.put(key, value.toString()));
        assertEquals(DeflateOptions.KEYS, values.keySet());
        assertEquals(expected, DeflateOptions.DEFAULTS.with(values));
        assertEquals(expected, DeflateOptions.DEFAULTS.with(texts));
        assertEquals(
                expected,
                PermessageDeflate.builder()
                        .level(9)
                        .strategy(2)
                        .noContextTakeover(true)
                        .maxWindowBits(10)
                        .requestNoContextTakeover(true)
                        .requestMaxWindowBits(11)
                        .threshold(100)
                        .history(512)
                        .options());
    }

    @Test
    void flagsAreTurnedOffByText() {
        DeflateOptions on =
                DeflateOptions.DEFAULTS.with(Map.of("noContextTakeover", true, "requestNoContextTakeover", " true "));
        DeflateOptions off = on.with(Map.of("noContextTakeover", "false", "requestNoContextTakeover", false));
        assertEquals(DeflateOptions.DEFAULTS, off);
        assertEquals(new DeflateOptions(-1, 0, true, 15, true, 15, 16, 8192), on);
    }

    @Test
    void nullMeansTheDefault() {
        Map<String, Object> nulls = new HashMap<>();
        DeflateOptions.KEYS.forEach(key -> nulls.put(key, null));
        DeflateOptions other = new DeflateOptions(9, 2, true, 10, true, 11, 100, 512);
        assertEquals(DeflateOptions.DEFAULTS, other.with(nulls));
        assertEquals(other, other.with(null));
        assertEquals(other, other.with(Map.of()));
    }

    @ParameterizedTest
    @DisplayName("S-202, S-203 values out of range are refused, naming key, value and range")
    @CsvSource({
        "level,-2,-1 to 9",
        "level,10,-1 to 9",
        "strategy,-1,0 to 2",
        "strategy,3,0 to 2",
        "maxWindowBits,7,8 to 15",
        "maxWindowBits,16,8 to 15",
        "maxWindowBits,20,8 to 15",
        "requestMaxWindowBits,3,8 to 15",
        "requestMaxWindowBits,16,8 to 15",
        "threshold,-1,0 to 2147483647"
    })
    void rangesAreChecked(String key, int value, String range) {
        assertEquals(
                "Option " + key + ": '" + value + "' is not allowed; allowed: a whole number from " + range,
                messageOf(Map.of(key, value)));
    }

    @Test
    @DisplayName("S-202 the builder checks too")
    void theBuilderChecksRanges() {
        PermessageDeflate.Builder builder = PermessageDeflate.builder().maxWindowBits(20);
        assertEquals(
                "Option maxWindowBits: '20' is not allowed; allowed: a whole number from 8 to 15",
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    @Test
    void valuesOfAnotherTypeAreRefused() {
        String number = " is not allowed; allowed: a whole number";
        assertEquals("Option level: 'fast'" + number, messageOf(Map.of("level", "fast")));
        assertEquals("Option level: '1.5'" + number, messageOf(Map.of("level", 1.5)));
        assertEquals("Option level: '4294967297'" + number, messageOf(Map.of("level", 4_294_967_297L)));
        assertEquals("Option threshold: 'true'" + number, messageOf(Map.of("threshold", true)));
        assertEquals(
                "Option noContextTakeover: '1' is not allowed; allowed: true or false",
                messageOf(Map.of("noContextTakeover", 1)));
    }

    @Test
    @DisplayName("S-199, S-200 configure leaves the original as it is, and later values win")
    void configureReplacesInACopy() {
        DeflateOptions first = DeflateOptions.DEFAULTS.with(Map.of("level", 1, "threshold", 5));
        DeflateOptions second = first.with(Map.of("level", 2));
        assertEquals(1, first.level());
        assertEquals(2, second.level());
        assertEquals(5, second.threshold());
        assertEquals(3, PermessageDeflate.builder().level(2).level(3).options().level());
    }

    private static String messageOf(Map<String, ?> map) {
        PermessageDeflate original = new PermessageDeflate();
        return assertThrows(IllegalArgumentException.class, () -> original.configure(map))
                .getMessage();
    }
}

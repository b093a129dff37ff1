package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every option: default, both ends of its range, one beyond, wrong types, and its forms in a map. */
class OptionTest {

    private static final int DAY = 86_400;

    @Test
    @DisplayName("S-15, S-16: the keys are exactly these; those of a client are none of them")
    void theKeysAreExactlyThese() {
        assertEquals(
                List.of(
                        "headers",
                        "extensions",
                        "maxLength",
                        "maxStreamedLength",
                        "maxFragments",
                        "maxBufferedAmount",
                        "overflowPolicy",
                        "maxQueuedAmount",
                        "maxControlFramesPerSecond",
                        "maxMessagesPerSecond",
                        "maxBytesPerSecond",
                        "ping",
                        "pingTimeout",
                        "idleTimeout",
                        "lifetime",
                        "closeTimeout",
                        "handshakeTimeout",
                        "maxHeadLength",
                        "maxHeaders",
                        "maxConnections",
                        "maxConnectionsPerAddress",
                        "origins",
                        "trustedProxies",
                        "executor",
                        "uncaughtExceptionHandler",
                        "forwardedHeaders",
                        "proxyProtocol"),
                Stream.of(Option.values()).map(Option::key).toList());
        assertEquals(Option.values().length, Option.keys().size());
        assertThrows(UnsupportedOperationException.class, () -> Option.keys().add("x"));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("S-16: every key that is listed is accepted")
    void everyKeyIsAccepted(Option option) {
        assertTrue(Option.keys().contains(option.key()));
        assertEquals(Optional.of(option), Option.of(option.key()));
        assertEquals(Options.defaults(), Options.of(Collections.singletonMap(option.key(), null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "tls", "ca", "net", "maxlength", "MAX_LENGTH", "", "maxFrameLength"})
    @DisplayName("S-15, S-16, S-17: any other key is refused by its name")
    void anyOtherKeyIsRefused(String key) {
        assertEquals(Optional.empty(), Option.of(key));
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> Options.of(Map.of(key, 1)));
        assertEquals("Unrecognized option: " + key, thrown.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void everyOptionHasATypeAndADescription(Option option) {
        assertFalse(option.description().isBlank());
        assertFalse(option.type().allowed().isBlank());
    }

    // -- numbers ------------------------------------------------------------------------------------------------------

    record Size(Option option, long byDefault, long smallest, long largest, Function<Options, Number> getter) {}

    static Stream<Size> sizes() {
        return Stream.of(
                new Size(Option.MAX_LENGTH, 67_108_863, 1, Integer.MAX_VALUE - 8L, Options::maxLength),
                new Size(Option.MAX_STREAMED_LENGTH, 0, 0, Long.MAX_VALUE, options ->
                        (Long) options.get(Option.MAX_STREAMED_LENGTH)),
                new Size(Option.MAX_FRAGMENTS, 131_072, 1, Integer.MAX_VALUE, Options::maxFragments),
                new Size(Option.MAX_BUFFERED_AMOUNT, 67_108_864, 1, Long.MAX_VALUE, Options::maxBufferedAmount),
                new Size(Option.MAX_QUEUED_AMOUNT, 1_048_576, 1, Long.MAX_VALUE, Options::maxQueuedAmount),
                new Size(Option.MAX_CONTROL_FRAMES_PER_SECOND, 1000, 0, 1_000_000, Options::maxControlFramesPerSecond),
                new Size(Option.MAX_MESSAGES_PER_SECOND, 0, 0, 1_000_000, Options::maxMessagesPerSecond),
                new Size(Option.MAX_BYTES_PER_SECOND, 0, 0, 1_000_000_000_000L, Options::maxBytesPerSecond),
                new Size(Option.MAX_HEAD_LENGTH, 16_384, 256, 1_048_576, Options::maxHeadLength),
                new Size(Option.MAX_HEADERS, 100, 8, 10_000, Options::maxHeaders),
                new Size(Option.MAX_CONNECTIONS, 100_000, 1, Integer.MAX_VALUE, Options::maxConnections),
                new Size(
                        Option.MAX_CONNECTIONS_PER_ADDRESS,
                        0,
                        0,
                        Integer.MAX_VALUE,
                        Options::maxConnectionsPerAddress));
    }

    @Test
    void theTableOfSizesIsComplete() {
        assertEquals(ofType(Option.Type.SIZE), sizes().map(Size::option).toList());
    }

    @ParameterizedTest
    @MethodSource("sizes")
    @DisplayName("S-32, decisions 1 and 9: defaults of sizes")
    void sizesHaveDefaults(Size size) {
        assertEquals(size.byDefault(), size.getter().apply(Options.defaults()).longValue());
        assertFalse(Options.defaults().isSet(size.option()));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void sizesReachFromTheSmallestToTheLargest(Size size) {
        for (long value : new long[] {size.smallest(), size.smallest() + 1, size.largest() - 1, size.largest()}) {
            List<Object> forms = new ArrayList<>(List.of(
                    value,
                    BigInteger.valueOf(value),
                    BigDecimal.valueOf(value),
                    Long.toString(value),
                    " " + value + " ",
                    value + ".0"));
            if (value <= Integer.MAX_VALUE) {
                forms.addAll(List.of((int) value, (double) value, new AtomicInteger((int) value)));
            }
            for (Object form : forms) {
                Options options = Options.of(Map.of(size.option().key(), form));
                assertEquals(value, size.getter().apply(options).longValue(), () -> form + " as " + form.getClass());
                assertEquals(value, options.get(size.option()));
                assertTrue(options.isSet(size.option()));
                assertEquals(options, Options.builder().set(size.option(), form).build());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void sizesEndThere(Size size) {
        BigInteger tooLarge = BigInteger.valueOf(size.largest()).add(BigInteger.ONE);
        List<Object> values = new ArrayList<>(List.of(-1, tooLarge, tooLarge.toString(), "1e40", Double.MAX_VALUE));
        if (size.smallest() > 1) {
            values.addAll(List.of(0, size.smallest() - 1, Long.toString(size.smallest() - 1)));
        }
        for (Object value : values) {
            assertEquals(
                    "Option " + size.option().key() + ": '" + value + "' is not allowed; allowed: a whole number, "
                            + size.smallest() + " to " + size.largest(),
                    refusal(size.option(), value));
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void sizesAreWholeNumbers(Size size) {
        for (Object value : List.of("", " ", "many", "0x10", "1_000", 300.5, "300.5", Double.NaN, "1e-999999999")) {
            assertTrue(refusal(size.option(), value)
                    .startsWith("Option " + size.option().key() + ": '" + value + "'"));
        }
        for (Object value : List.of(true, 'x', List.of(300), Duration.ofMinutes(5))) {
            assertTrue(refusal(size.option(), value).contains("allowed: a whole number, "));
        }
    }

    @Test
    @DisplayName("S-32: maxLength 0, null and absent mean the default")
    void maxLengthZeroMeansTheDefault() {
        for (Object zero : List.of(0, 0L, 0.0, "0", " 0 ")) {
            assertEquals(Options.defaults(), Options.of(Map.of("maxLength", zero)));
            assertEquals(
                    67_108_863,
                    Options.of(Map.of("maxLength", 5))
                            .with(Map.of("maxLength", zero))
                            .maxLength());
        }
        assertEquals(
                67_108_863,
                Options.of(Collections.singletonMap("maxLength", null)).maxLength());
        assertEquals(
                67_108_863, Options.builder().maxLength(5).maxLength(0).build().maxLength());
    }

    @Test
    void theLimitOfMessagesInPartsIsThatOfOthersUnlessItIsSet() {
        assertEquals(67_108_863, Options.defaults().maxStreamedLength());
        assertEquals(5, Options.builder().maxLength(5).build().maxStreamedLength());
        Options options =
                Options.builder().maxLength(5).maxStreamedLength(Long.MAX_VALUE).build();
        assertEquals(Long.MAX_VALUE, options.maxStreamedLength());
        assertEquals(5, options.maxLength());
    }

    @ParameterizedTest
    @EnumSource(names = {"MAX_FRAGMENTS", "MAX_BUFFERED_AMOUNT", "MAX_QUEUED_AMOUNT", "MAX_CONNECTIONS"})
    void otherSizesOfZeroAreRefused(Option option) {
        assertTrue(refusal(option, 0).contains("'0' is not allowed; allowed: a whole number, 1 to "));
    }

    // -- times --------------------------------------------------------------------------------------------------------

    record Time(
            Option option, Duration byDefault, boolean zero, long largestSeconds, Function<Options, Duration> getter) {}

    static Stream<Time> times() {
        return Stream.of(
                new Time(Option.PING, Duration.ZERO, true, DAY, Options::ping),
                new Time(Option.PING_TIMEOUT, Duration.ZERO, true, DAY, Options::pingTimeout),
                new Time(Option.IDLE_TIMEOUT, Duration.ZERO, true, 365 * DAY, Options::idleTimeout),
                new Time(Option.LIFETIME, Duration.ZERO, true, 365 * DAY, Options::lifetime),
                new Time(Option.CLOSE_TIMEOUT, Duration.ofSeconds(30), false, 3600, Options::closeTimeout),
                new Time(Option.HANDSHAKE_TIMEOUT, Duration.ofSeconds(10), false, 3600, Options::handshakeTimeout));
    }

    @Test
    void theTableOfTimesIsComplete() {
        assertEquals(ofType(Option.Type.SECONDS), times().map(Time::option).toList());
    }

    @ParameterizedTest
    @MethodSource("times")
    @DisplayName("S-29, S-33: closeTimeout is 30 s, automatic pings are off")
    void timesHaveDefaults(Time time) {
        assertEquals(time.byDefault(), time.getter().apply(Options.defaults()));
    }

    @ParameterizedTest
    @MethodSource("times")
    @DisplayName("S-33: seconds, fractions allowed")
    void timesTakeDurationsAndSeconds(Time time) {
        Map<Object, Duration> forms = Map.ofEntries(
                Map.entry(Duration.ofMillis(1), Duration.ofMillis(1)),
                Map.entry(0.001, Duration.ofMillis(1)),
                Map.entry("0.001", Duration.ofMillis(1)),
                Map.entry(0.1f, Duration.ofMillis(100)),
                Map.entry(1.0 / 3, Duration.ofNanos(333_333_333)),
                Map.entry("2.5", Duration.ofMillis(2500)),
                Map.entry(" 30 ", Duration.ofSeconds(30)),
                Map.entry(7, Duration.ofSeconds(7)),
                Map.entry(time.largestSeconds(), Duration.ofSeconds(time.largestSeconds())),
                Map.entry(Long.toString(time.largestSeconds()), Duration.ofSeconds(time.largestSeconds())),
                Map.entry(Duration.ofSeconds(time.largestSeconds()), Duration.ofSeconds(time.largestSeconds())));
        forms.forEach((form, duration) -> {
            Options options = Options.of(Map.of(time.option().key(), form));
            assertEquals(duration, time.getter().apply(options), () -> form + " as " + form.getClass());
            assertEquals(options, Options.builder().set(time.option(), duration).build());
        });
    }

    @ParameterizedTest
    @MethodSource("times")
    @DisplayName("S-33: 0 switches off what may be switched off")
    void zeroSwitchesOff(Time time) {
        for (Object zero : List.of(0, 0.0, "0", Duration.ZERO)) {
            if (time.zero()) {
                assertEquals(
                        Duration.ZERO,
                        time.getter().apply(Options.of(Map.of(time.option().key(), zero))));
            } else {
                assertTrue(refusal(time.option(), zero).contains("'" + zero + "' is not allowed"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("times")
    void timesEndThere(Time time) {
        String allowed = "is not allowed; allowed: a Duration or a number of seconds, " + (time.zero() ? "0, or " : "")
                + "0.001 to " + time.largestSeconds();
        for (Object value : List.of(
                -1,
                "-0.5",
                0.0009,
                "0.0000001",
                time.largestSeconds() + 1,
                "1e300",
                Duration.ofSeconds(time.largestSeconds(), 1),
                Duration.ofNanos(999_999),
                Duration.ofNanos(-1),
                Duration.ofSeconds(Long.MAX_VALUE))) {
            assertEquals(
                    "Option " + time.option().key() + ": '" + value + "' " + allowed, refusal(time.option(), value));
        }
    }

    @ParameterizedTest
    @MethodSource("times")
    void timesAreNumbers(Time time) {
        for (Object value :
                List.of("", "30s", "PT30S", "NaN", "Infinity", "1d", Double.NaN, Double.POSITIVE_INFINITY)) {
            assertTrue(refusal(time.option(), value).contains("'" + value + "' is not allowed"));
        }
        for (Object value : List.of(true, List.of(1))) {
            assertTrue(refusal(time.option(), value).contains(value.getClass().getName() + " is not allowed"));
        }
    }

    // -- wrong types --------------------------------------------------------------------------------------------------

    static Stream<Arguments> wrongTypes() {
        Map<Option.Type, List<Object>> wrong = new EnumMap<>(Option.Type.class);
        wrong.put(Option.Type.HEADERS, List.of(1, List.of("A: b"), new String[] {"A: b"}));
        wrong.put(Option.Type.EXTENSIONS, List.of("permessage-deflate", 1, List.of("permessage-deflate")));
        wrong.put(Option.Type.OVERFLOW_POLICY, List.of("close", "DROP", "", 0, ReadyState.CLOSED));
        wrong.put(Option.Type.ORIGIN_POLICY, List.of(1, true, List.of(1), "ANY", "same-origin", "null"));
        wrong.put(Option.Type.ADDRESSES, List.of(1, List.of(1), "localhost", "10.0.0.0/33"));
        wrong.put(
                Option.Type.FORWARDED_HEADERS, List.of("forwarded", "X-Forwarded-For", "", true, OverflowPolicy.CLOSE));
        wrong.put(Option.Type.EXECUTOR, List.of("virtual", 1));
        wrong.put(
                Option.Type.UNCAUGHT_EXCEPTION_HANDLER, List.of("log", (Thread.UncaughtExceptionHandler) (t, e) -> {}));
        return Stream.of(Option.values())
                .filter(option -> wrong.containsKey(option.type()))
                .flatMap(option -> wrong.get(option.type()).stream().map(value -> Arguments.of(option, value)));
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void aWrongTypeIsRefusedByKeyAndWhatIsAllowed(Option option, Object value) {
        String message = refusal(option, value);
        assertTrue(message.startsWith("Option " + option.key() + ": "), message);
        assertTrue(message.contains(" is not allowed; allowed: " + option.type().allowed()), message);
    }

    private static String refusal(Option option, Object value) {
        Options.Builder builder = Options.builder();
        IllegalArgumentException byBuilder = assertThrows(
                IllegalArgumentException.class, () -> builder.set(option, value), () -> option + " " + value);
        IllegalArgumentException byMap =
                assertThrows(IllegalArgumentException.class, () -> Options.of(Map.of(option.key(), value)));
        assertEquals(byBuilder.getMessage(), byMap.getMessage());
        assertEquals(Options.defaults(), builder.build());
        return byMap.getMessage();
    }

    private static List<Option> ofType(Option.Type type) {
        return Stream.of(Option.values())
                .filter(option -> option.type() == type)
                .toList();
    }

    @Test
    void keysAreASet() {
        assertEquals(Set.copyOf(Stream.of(Option.values()).map(Option::key).toList()), Option.keys());
    }
}

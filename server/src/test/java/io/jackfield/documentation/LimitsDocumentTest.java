package io.jackfield.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.api.Option;
import io.jackfield.api.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the figures of {@code docs/limits.md}; {@code -Djackfield.update=true} writes it anew. */
class LimitsDocumentTest {

    private static final String HEAD = """
        # Limits

        <!-- Made by LimitsDocumentTest from Option.java and MemoryBound.java. To change it, change them and run
             mvn -pl server -am test -Dtest=LimitsDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Djackfield.update=true -->

        What a peer can make the server spend, and what happens where it wants more. Each limit is an
        [option](options.md) with its range there; each hit is counted under the option in `ServerStatistics.limitHits()`.
        Rows in the last column are advisories (`A-`) and requirements (`R-`) that the tests name.

        | option | default | beyond it | against |
        |---|---|---|---|
        """;

    private static final String MIDDLE = """

        A frame has no limit of its own: `maxLength` holds for each frame as soon as its length is known, and for the message
        while it is put together and inflated. Control frames have at most 125 bytes and do not count in a message.

        `maxConnections`, `maxConnectionsPerAddress`, `handshakeTimeout`, `maxHeadLength` and `maxHeaders` are the server's; the
        others may be an endpoint's own. Why the answers are what they are: [rates](decisions/over-a-rate-reading-pauses.md),
        [connections](decisions/one-connection-too-many-is-reset.md), [lifetime](decisions/a-lifetime-ends-with-1001.md).

        Where reading pauses, TCP holds the peer up. Nothing is lost, control frames wait too, and `pingTimeout` and
        `idleTimeout` wait with them. A session that closes reads on, whatever its rate.

        Off by default is what no value is right for: how often an application's clients speak, how long they stay, whether an
        address is one person or a proxy. An open server should set `maxConnectionsPerAddress` or a limit in front of it, and
        `ping` with `pingTimeout`, or `idleTimeout`.

        ## The sum

        What one connection can make the server hold if its peer does everything at once, for as long as it likes:

        """;

    private static final String LOOP = """

        Besides, each event loop holds, once, for whichever connection it works on at the moment:

        """;

    private static final String DEFLATE = """

        And each instance of permessage-deflate holds, for each processor, as long as there are connections that have used it:

        """;

    private static final String END = """

        An instance is there once for a server, and once more for each endpoint or server whose options name their own. Beyond
        four of each kind for a processor a codec is made for one message and freed behind it. So what they hold does not grow
        with the connections, each of which has no more than its windows.

        With the default options a message may have 64 MiB, and the sum follows from that. With `maxLength` and
        `maxBufferedAmount` of 1 MiB a connection has %s, and a loop %s. Multiply by `maxConnections` what you want to be sure
        of. `MemoryBoundTest` attacks connections in every way at once, plain and compressed, and compares what the heap and the
        direct buffers grow by with this sum; what lies outside of both, zlib's states, has a test of its own.

        Not in the sum: what the application keeps; what it sends from other threads faster than the loop takes it over, up to
        `maxBufferedAmount` in bytes, with some hundred bytes for each message; what a deferred extension holds for itself,
        whose results may each be as long as `maxLength`; the system's socket buffers.
        """;

    private record Row(String beyond, String against) {}

    private static final Map<Option, Row> ROWS = new EnumMap<>(Map.ofEntries(
            row(Option.MAX_CONNECTIONS, "reset when accepted; a hand-over throws", "A-33, R-93"),
            row(Option.MAX_CONNECTIONS_PER_ADDRESS, "reset when accepted", "A-33"),
            row(Option.HANDSHAKE_TIMEOUT, "408, or closed if nothing came", "R-26, A-32"),
            row(Option.MAX_HEAD_LENGTH, "431, or 414 in the first line", "R-14, R-16, R-26, A-52"),
            row(Option.MAX_HEADERS, "431", "R-16, R-26, A-48, A-53"),
            row(Option.MAX_LENGTH, "1009, before more is held", "R-60, R-88, A-1 to A-16, A-34 to A-44"),
            row(Option.MAX_FRAGMENTS, "1008", "R-61, A-17 to A-19"),
            row(Option.MAX_CONTROL_FRAMES_PER_SECOND, "1008", "R-92, A-20, A-26"),
            row(Option.MAX_MESSAGES_PER_SECOND, "reading pauses", "A-33, R-94"),
            row(Option.MAX_BYTES_PER_SECOND, "reading pauses", "A-33, R-94"),
            row(Option.MAX_QUEUED_AMOUNT, "reading pauses", "R-91, R-94"),
            row(Option.MAX_BUFFERED_AMOUNT, "`overflowPolicy`: 1013, dropped, or refused", "R-91, A-29"),
            row(Option.PING_TIMEOUT, "ended with 1006", "R-93, A-32"),
            row(Option.IDLE_TIMEOUT, "1001", "R-93"),
            row(Option.LIFETIME, "1001", "A-33"),
            row(Option.CLOSE_TIMEOUT, "ended with 1006", "R-74, A-27, A-30")));

    private static Map.Entry<Option, Row> row(Option option, String beyond, String against) {
        return Map.entry(option, new Row(beyond, against));
    }

    @Test
    void thePageSaysWhatHolds() throws IOException {
        Options smaller =
                Options.builder().maxLength(1 << 20).maxBufferedAmount(1 << 20).build();
        String expected = HEAD
                + Stream.of(Option.values())
                        .filter(ROWS::containsKey)
                        .map(LimitsDocumentTest::line)
                        .collect(Collectors.joining())
                + MIDDLE
                + table(MemoryBound.ofConnection(Options.defaults()))
                + LOOP
                + table(MemoryBound.ofLoop(Options.defaults()))
                + DEFLATE
                + table(MemoryBound.ofDeflate())
                + END.formatted(
                        size(MemoryBound.sum(MemoryBound.ofConnection(smaller))),
                        size(MemoryBound.sum(MemoryBound.ofLoop(smaller))));
        Path page = Repository.file("docs/limits.md");
        if (Boolean.getBoolean("jackfield.update")) {
            Files.writeString(page, expected);
        }
        assertEquals(expected, Files.readString(page), "docs/limits.md; see its top for how to make it anew");
    }

    @Test
    void everyLimitIsThere() {
        List<Option> numbers = Stream.of(Option.values())
                .filter(option -> option.type() == Option.Type.SIZE || option.type() == Option.Type.SECONDS)
                // The interval of pings limits nothing: pingTimeout does.
                .filter(option -> option != Option.PING)
                .toList();
        assertEquals(
                numbers, Stream.of(Option.values()).filter(ROWS::containsKey).toList());
    }

    private static String line(Option option) {
        Row row = ROWS.get(option);
        return "| `%s` | %s | %s | %s |\n".formatted(option.key(), byDefault(option), row.beyond(), row.against());
    }

    private static String byDefault(Option option) {
        if (option.defaultValue() instanceof Duration duration) {
            return duration.isZero() ? "off" : duration.toSeconds() + " s";
        }
        long value = (Long) option.defaultValue();
        return value == 0 ? "off" : String.format(Locale.ROOT, "%,d %s", value, unit(option));
    }

    private static String unit(Option option) {
        return switch (option) {
            case MAX_LENGTH, MAX_BUFFERED_AMOUNT, MAX_QUEUED_AMOUNT, MAX_HEAD_LENGTH -> "bytes";
            case MAX_FRAGMENTS -> "frames";
            case MAX_CONTROL_FRAMES_PER_SECOND -> "frames a second";
            case MAX_HEADERS -> "fields";
            case MAX_CONNECTIONS -> "connections";
            default -> throw new IllegalArgumentException("no unit for " + option);
        };
    }

    private static String table(List<MemoryBound.Part> parts) {
        return "| for | at most | by default |\n|---|---|---|\n"
                + parts.stream()
                        .map(part -> "| %s | %s | %s |\n".formatted(part.what(), part.formula(), size(part.bytes())))
                        .collect(Collectors.joining())
                + "| **sum** | | **%s** |\n".formatted(size(MemoryBound.sum(parts)));
    }

    private static String size(long bytes) {
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%,d KiB", (bytes + 1023) / 1024)
                : String.format(Locale.ROOT, "%,.1f MiB", bytes / 1048576.0);
    }
}

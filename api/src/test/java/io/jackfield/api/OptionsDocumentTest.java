package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/options.md} the same as {@link Option}; {@code -Djackfield.update=true} writes it anew. */
class OptionsDocumentTest {

    private static final String HEAD = """
        # Options

        <!-- Made from Option.java by OptionsDocumentTest. To change it, change Option.java and run
             mvn -pl api test -Dtest=OptionsDocumentTest -Djackfield.update=true -->

        Every option of a server, of an endpoint, or of one connection that is handed over. All may be set by
        `Options.builder()`, by their keys in a map (`Options.of(map)`), in a configuration, and, for one endpoint
        alone, by service properties with the prefix `jackfield.option.`; but `handshakeTimeout`, `maxHeadLength`,
        `maxHeaders`, `maxConnections`, `maxConnectionsPerAddress`, `trustedProxies`, `forwardedHeaders` and
        `proxyProtocol` count before a path is known, so those of the server hold. Numbers and names may be given as text. Any other key is refused:
        `Unrecognized option: <key>`. [limits.md](limits.md) says what each limit is there for.

        | key | takes | range | default | meaning |
        |---|---|---|---|---|
        """;

    @Test
    void theDocumentListsEveryOptionAsItIs() throws IOException {
        String expected =
                Stream.of(Option.values()).map(OptionsDocumentTest::row).collect(Collectors.joining("", HEAD, ""));
        Path document = Path.of(System.getProperty("basedir", "api"), "..", "docs", "options.md");
        if (Boolean.getBoolean("jackfield.update")) {
            Files.createDirectories(document.getParent());
            Files.writeString(document, expected);
        }
        assertEquals(expected, Files.readString(document), "docs/options.md; see its top for how to make it anew");
    }

    private static String row(Option option) {
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        option.key(), option.type().allowed(), option.range(), byDefault(option), option.description());
    }

    private static String byDefault(Option option) {
        Object value = option.defaultValue();
        if (value instanceof Duration duration) {
            return Long.toString(duration.toSeconds());
        }
        boolean none = value == null
                || value instanceof Collection<?> collection && collection.isEmpty()
                || value.equals(Headers.EMPTY)
                || value.equals(AddressRanges.NONE);
        return none ? "none" : value.toString();
    }
}

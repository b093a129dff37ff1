package io.jackfield.server.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.api.Handler;
import io.jackfield.api.Option;
import io.jackfield.api.OverflowPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps the description of the configuration (OSGi Compendium 105.8) the same as {@link ServerProperty} and
 * {@link Option}; {@code -Djackfield.update=true} writes it anew.
 */
class MetatypeTest {

    private static final String HEAD = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- Made from ServerProperty.java and Option.java by MetatypeTest. To change it, change those and run
             mvn -pl server -am test -Dtest=MetatypeTest -Dsurefire.failIfNoSpecifiedTests=false -Djackfield.update=true -->
        <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.3.0">
          <OCD id="io.jackfield.server" name="Jackfield WebSocket server" description="A WebSocket server.">
        """;

    private static final String TAIL = """
          </OCD>
          <Designate pid="%s">
            <Object ocdref="io.jackfield.server"/>
          </Designate>
          <Designate factoryPid="%s">
            <Object ocdref="io.jackfield.server"/>
          </Designate>
        </metatype:MetaData>
        """.formatted(ConfigurationReceiver.PID, ConfiguredServers.FACTORY_PID);

    @Test
    void theDescriptionListsEveryPropertyAndOptionAsItIs() throws IOException {
        String expected = Stream.concat(
                        Stream.of(ServerProperty.values()).map(MetatypeTest::definition),
                        Stream.of(Option.values())
                                .filter(MetatypeTest::canBeText)
                                .map(MetatypeTest::definition))
                .collect(Collectors.joining("", HEAD, TAIL));
        Path file = Path.of(
                System.getProperty("basedir", "server"),
                "src/main/resources/OSGI-INF/metatype/io.jackfield.server.xml");
        if (Boolean.getBoolean("jackfield.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertEquals(expected, Files.readString(file), file + "; see its top for how to make it anew");
    }

    /** What is an object of the application's cannot be written into a configuration. */
    private static boolean canBeText(Option option) {
        return switch (option.type()) {
            case EXTENSIONS, EXECUTOR, UNCAUGHT_EXCEPTION_HANDLER -> false;
            default -> true;
        };
    }

    private static String definition(ServerProperty property) {
        return switch (property.type()) {
            case NUMBER ->
                definition(property.key(), "Integer", property.defaultValue())
                        + range(property.minimum(), property.maximum())
                        + described(property.description(), property.minimum() + " to " + property.maximum());
            case TEXT ->
                definition(property.key(), "String", property.defaultValue()) + described(property.description(), "");
            case PASSWORD ->
                definition(property.key(), "Password", property.defaultValue()) + described(property.description(), "");
        };
    }

    private static String definition(Option option) {
        String key = Handler.OPTION_PREFIX + option.key();
        String described = described(option.description(), option.range());
        return switch (option.type()) {
            case SIZE ->
                definition(key, "Long", option.defaultValue().toString())
                        + range((long) option.minimum(), (long) option.maximum())
                        + described;
            case SECONDS ->
                definition(key, "Double", seconds((Duration) option.defaultValue()))
                        + range(option.minimum(), option.maximum())
                        + described;
            case OVERFLOW_POLICY ->
                definition(key, "String", option.defaultValue().toString())
                        + described.replace("/>", ">")
                        + Stream.of(OverflowPolicy.values())
                                .map(policy -> "      <Option label=\"%s\" value=\"%s\"/>\n"
                                        .formatted(
                                                policy.name()
                                                        .toLowerCase(Locale.ROOT)
                                                        .replace('_', ' '),
                                                policy))
                                .collect(Collectors.joining())
                        + "    </AD>\n";
            case ORIGIN_POLICY ->
                definition(key, "String", option.defaultValue().toString()) + described;
            default -> definition(key, "String", "") + described;
        };
    }

    private static String seconds(Duration duration) {
        return Double.toString(duration.toMillis() / 1000.0);
    }

    private static String definition(String key, String type, String defaultValue) {
        String name = key.substring(ServerProperty.PREFIX.length());
        return "    <AD id=\"%s\" name=\"%s\" type=\"%s\" required=\"false\"".formatted(key, name, type)
                + (defaultValue.isEmpty() ? "" : " default=\"" + defaultValue + "\"");
    }

    private static String range(Number minimum, Number maximum) {
        return " min=\"%s\" max=\"%s\"".formatted(minimum, maximum);
    }

    private static String described(String description, String range) {
        String all = description + (range.isEmpty() ? "" : "; " + range);
        return "\n        description=\"%s\"/>\n"
                .formatted(all.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"));
    }
}

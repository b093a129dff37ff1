package io.jackfield.server.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConfigurationTest {

    @Test
    void withoutPropertiesAServerListensOnPort8080() {
        ServerConfiguration configuration = ServerConfiguration.read(key -> null);
        assertEquals(new ServerConfiguration.Socket("0.0.0.0", 8080, 0, 1024), configuration.socket());
        assertNull(configuration.tls());
        assertEquals("default", configuration.name());
        assertEquals(Options.defaults(), configuration.options());
        assertTrue(configuration.isEnabled());
    }

    @Test
    void propertiesMayBeTextOrOfTheirOwnType() {
        Map<String, Object> texts =
                Map.of("jackfield.port", " 81 ", "jackfield.loops", "2", "jackfield.option.maxLength", "1000");
        Map<String, Object> numbers =
                Map.of("jackfield.port", 81, "jackfield.loops", 2L, "jackfield.option.maxLength", 1000);
        for (Map<String, Object> properties : List.of(texts, numbers)) {
            ServerConfiguration configuration = ServerConfiguration.read(properties::get);
            assertEquals(new ServerConfiguration.Socket("0.0.0.0", 81, 2, 1024), configuration.socket());
            assertEquals(1000, configuration.options().maxLength());
        }
    }

    @Test
    void portMinusOneMeansNoServer() {
        assertFalse(
                ServerConfiguration.read(Map.of("jackfield.port", "-1")::get).isEnabled());
    }

    @ParameterizedTest
    @CsvSource({
        "jackfield.port, http",
        "jackfield.port, -2",
        "jackfield.port, 65536",
        "jackfield.loops, -1",
        "jackfield.loops, 1025",
        "jackfield.backlog, 0",
        "jackfield.loops, many",
        "jackfield.option.maxLength, -1",
        "jackfield.option.overflowPolicy, EXPLODE",
        "jackfield.option.executor, pool"
    })
    void aValueThatCannotBeUsedIsNamedWithItsKey(String key, String value) {
        InvalidPropertyException refused =
                assertThrows(InvalidPropertyException.class, () -> ServerConfiguration.read(Map.of(key, value)::get));
        assertEquals(key, refused.property());
        assertTrue(refused.reason().contains("'" + value + "'"), refused.reason());
        assertEquals(key + ": " + refused.reason(), refused.getMessage());
    }

    @Test
    void whatIsGivenAsAWholeGoesBeforeTheDefaults() {
        Map<String, String> defaults = Map.of("jackfield.port", "1", "jackfield.host", "127.0.0.1");
        ServerConfiguration configuration = ServerConfiguration.read(defaults::get, Map.of("jackfield.port", 2));
        assertEquals(2, configuration.socket().port());
        assertEquals("127.0.0.1", configuration.socket().host());
    }

    @Test
    void anEmptyTextSaysNothing() {
        assertEquals(
                ServerConfiguration.read(key -> null).options(),
                ServerConfiguration.read(key -> " ").options());
        assertEquals(
                ServerConfiguration.read(key -> null).socket(),
                ServerConfiguration.read(key -> "").socket());
    }

    @Test
    void aDefaultThatIsWrittenDownChangesNothingOfTheSocket() {
        Map<String, Object> written = new HashMap<>();
        for (ServerProperty property : ServerProperty.values()) {
            written.put(property.key(), property.defaultValue());
        }
        assertEquals(
                ServerConfiguration.read(key -> null).socket(),
                ServerConfiguration.read(key -> null, written).socket());
    }

    @Test
    void theNameIsTheConfigurationsUnlessItNamesTheServer() {
        assertEquals("public", ServerConfiguration.readNamed("public", Map.of()).name());
        ServerConfiguration named = ServerConfiguration.readNamed("1f4b", Map.of("jackfield.name", "inner"));
        assertEquals("inner", named.name());
        assertEquals("inner", named.properties().get("jackfield.name"));
    }

    @ParameterizedTest
    @CsvSource({"jackfield.prot", "jackfield.option.maxLenght", "jackfield.tls.keys"})
    void aKeyWithOurPrefixThatMeansNothingIsRefused(String key) {
        InvalidPropertyException refused = assertThrows(
                InvalidPropertyException.class, () -> ServerConfiguration.read(any -> null, Map.of(key, "x")));
        assertEquals(key, refused.property());
    }

    @Test
    void targetFiltersSeeAllThatWasGivenButThePassword(@TempDir Path directory) {
        ServerConfiguration configuration = ServerConfiguration.read(
                key -> null,
                Map.of(
                        "service.pid", "io.jackfield.server",
                        "zone", "inner",
                        "jackfield.tls.keystore", directory.resolve("keys.p12").toString(),
                        "jackfield.tls.password", "secret"));
        assertEquals("inner", configuration.properties().get("zone"));
        assertEquals(8080, configuration.properties().get("jackfield.port"));
        assertEquals(true, configuration.properties().get("jackfield.secure"));
        assertFalse(configuration.properties().containsValue("secret"));
        assertFalse(configuration.toString().contains("secret"), configuration.toString());
    }

    @Test
    void theSameWordsMakeEqualConfigurations() {
        assertEquals(read("jackfield.port", "1"), read("jackfield.port", "1"));
        assertNotEquals(read("jackfield.port", "1"), read("jackfield.port", "2"));
        assertEquals(read("jackfield.option.ping", "5"), read("jackfield.option.ping", "5"));
        assertNotEquals(read("jackfield.option.ping", "5"), read("jackfield.option.ping", "6"));
        // A policy is a function, which equals only itself.
        assertEquals(read("jackfield.option.origins", "any"), read("jackfield.option.origins", "any"));
        assertEquals(readWhole("zone", new String[] {"a"}), readWhole("zone", new String[] {"a"}));
        assertNotEquals(readWhole("zone", new String[] {"a"}), readWhole("zone", new String[] {"b"}));
        assertNotEquals(
                readWhole("jackfield.tls.keystore", "a.p12"),
                ServerConfiguration.read(
                        Map.of("jackfield.tls.password", "changed")::get, Map.of("jackfield.tls.keystore", "a.p12")));
    }

    @Test
    void onlyAFixedPortCanBeTaken() {
        assertTrue(read("jackfield.port", "1").listensWhere(read("jackfield.port", "1")));
        assertFalse(read("jackfield.port", "1").listensWhere(read("jackfield.port", "2")));
        assertFalse(read("jackfield.port", "0").listensWhere(read("jackfield.port", "0")));
    }

    private static ServerConfiguration readWhole(String key, Object value) {
        return ServerConfiguration.read(any -> null, Map.of(key, value));
    }

    private static ServerConfiguration read(String key, String value) {
        return ServerConfiguration.read(Map.of(key, value)::get);
    }
}

package io.jackfield.server.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which servers there are, for which configurations. */
class ConfiguredServersTest {

    private static final String FACTORY = "io.jackfield.server.factory~";

    private final Map<String, String> framework = new HashMap<>();
    private final List<String> events = new ArrayList<>();
    private final ConfiguredServers servers = new ConfiguredServers(framework::get, Recorder::new);

    /** Writes down what becomes of a server; port 13 is always taken. */
    private final class Recorder implements Configurable {

        private ServerConfiguration configuration;

        @Override
        public void apply(ServerConfiguration wanted) throws IOException {
            if (wanted.socket().port() == 13) {
                throw new IOException("port 13 is taken");
            }
            if (!wanted.equals(configuration)) {
                events.add(wanted.name() + " on " + wanted.socket().port());
            }
            configuration = wanted;
        }

        @Override
        public boolean isConfigured() {
            return configuration != null;
        }

        @Override
        public void stop() {
            if (configuration != null) {
                events.add(configuration.name() + " stops");
            }
            configuration = null;
        }
    }

    private void assertEvents(String... expected) {
        assertEquals(List.of(expected), events);
        events.clear();
    }

    private static Map<String, Object> port(int port) {
        return Map.of("jackfield.port", port);
    }

    @Test
    void withoutAnyConfigurationThereIsTheDefaultServer() throws Exception {
        servers.apply(null);
        assertEvents("default on 8080");
        servers.close();
        assertEvents("default stops");
        servers.apply(null);
        servers.apply(FACTORY + "late", port(1));
        servers.expect(List.of());
        assertEvents();
    }

    @Test
    void besideFactoryConfigurationsTheDefaultServerIsThereOnlyIfSomebodyAsksForIt() throws Exception {
        servers.expect(List.of(FACTORY + "a"));
        servers.apply(null);
        assertEvents();
        servers.apply(FACTORY + "a", port(1));
        assertEvents("a on 1");
        servers.apply(port(2));
        assertEvents("default on 2");
        servers.apply(null);
        assertEvents("default stops");
        servers.delete(FACTORY + "a");
        assertEvents("a stops", "default on 8080");
    }

    @Test
    void aPortAmongTheFrameworksPropertiesAsksForIt() throws Exception {
        framework.put("jackfield.port", "7");
        servers.expect(List.of(FACTORY + "a"));
        servers.apply(null);
        servers.apply(FACTORY + "a", port(1));
        assertEvents("default on 7", "a on 1");
        servers.delete(FACTORY + "a");
        assertEvents("a stops");
    }

    @Test
    void aDefaultServerThatNobodyAskedForYieldsToTheFirstGoodFactoryConfiguration() throws Exception {
        servers.apply(null);
        assertThrows(InvalidPropertyException.class, () -> servers.apply(FACTORY + "a", port(70_000)));
        assertThrows(IOException.class, () -> servers.apply(FACTORY + "a", port(13)));
        servers.apply(null);
        assertEvents("default on 8080");
        servers.apply(FACTORY + "a", port(1));
        assertEvents("a on 1", "default stops");
        servers.apply(FACTORY + "b", port(2));
        servers.delete(FACTORY + "a");
        assertEvents("b on 2", "a stops");
        servers.delete(FACTORY + "b");
        assertEvents("b stops", "default on 8080");
    }

    @Test
    void itYieldsItsPortToo() throws Exception {
        servers.apply(null);
        servers.apply(FACTORY + "a", port(8080));
        assertEvents("default on 8080", "default stops", "a on 8080");
    }

    @Test
    void aRefusedFactoryConfigurationOpensNoDefaultPort() throws Exception {
        servers.expect(List.of(FACTORY + "a"));
        servers.apply(null);
        assertThrows(InvalidPropertyException.class, () -> servers.apply(FACTORY + "a", port(70_000)));
        servers.apply(null);
        assertEvents();
    }

    @Test
    void aRefusedChangeLeavesTheServerAsItWas() throws Exception {
        servers.apply(FACTORY + "a", port(1));
        assertThrows(InvalidPropertyException.class, () -> servers.apply(FACTORY + "a", Map.of("jackfield.prot", 2)));
        assertThrows(IOException.class, () -> servers.apply(FACTORY + "a", port(13)));
        assertEvents("a on 1");
        servers.apply(FACTORY + "a", port(3));
        assertEvents("a on 3");
    }

    @Test
    void frameworkPropertiesAreForTheDefaultServerAlone() throws Exception {
        framework.put("jackfield.port", "7");
        servers.apply(FACTORY + "a", Map.of());
        servers.apply(Map.of());
        assertEvents("a on 8080", "default on 7");
    }

    @Test
    void whatWasDeletedWhileConfigAdminWasAwayStops() throws Exception {
        servers.apply(FACTORY + "a", port(1));
        servers.apply(FACTORY + "b", port(2));
        events.clear();
        servers.expect(List.of(FACTORY + "b", FACTORY + "c"));
        assertEvents("a stops");
        servers.apply(FACTORY + "b", port(2));
        assertEvents();
    }
}

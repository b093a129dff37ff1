package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jackfield.itest.publisherbundle.ClaimingExtension;
import io.jackfield.itest.publisherbundle.PublisherActivator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** Several servers in one framework, each with a factory configuration of its own. */
@Tag("framework")
class OsgiSeveralServersIT {

    private static final String INNER = "(jackfield.name=inner)";
    private static final String OUTER = "(jackfield.name=outer)";
    private static final String DEFAULT = "(jackfield.name=default)";

    private OsgiFramework framework;
    private Configurations configurations;

    private void start(Map<String, String> properties) throws Exception {
        framework = OsgiFramework.start(properties);
        configurations = Configurations.start(framework);
    }

    private void startJackfield() throws Exception {
        framework.startJackfield();
        framework.start("publisher", TestBundle.of(PublisherActivator.class).classes(ClaimingExtension.class));
        publish("everywhere", Map.of("jackfield.path", "/everywhere", "jackfield.target", ""));
        publish("inner", Map.of("jackfield.path", "/inner", "jackfield.target", INNER));
    }

    @SuppressWarnings("unchecked") // The service property tells the types.
    private ServiceRegistration<?> publish(String name, Map<String, ?> properties) throws Exception {
        ServiceReference<?> reference =
                framework.context().getServiceReferences(BiFunction.class.getName(), "(publishes=endpoints)")[0];
        return ((BiFunction<String, Map<String, ?>, ServiceRegistration<?>>)
                        framework.context().getService(reference))
                .apply(name, properties);
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    private static Map<String, Object> server(Object... keysAndValues) {
        Map<String, Object> properties =
                new HashMap<>(Map.of("jackfield.host", "127.0.0.1", "jackfield.port", 0, "jackfield.loops", 1));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
        }
        return properties;
    }

    private int status(String filter, String path) throws Exception {
        try (RawClient client = RawClient.connect(configurations.port(filter)).send(RawClient.handshake(path))) {
            return client.readAnswer().status();
        }
    }

    @Test
    @DisplayName("each factory configuration is a server beside the default one; endpoints choose by target filter")
    void eachFactoryConfigurationIsAServer() throws Exception {
        start(Map.of("jackfield.host", "127.0.0.1", "jackfield.port", "0", "jackfield.loops", "1"));
        startJackfield();
        configurations.store(Configurations.FACTORY + "inner", server());
        configurations.store(Configurations.FACTORY + "4711", server("jackfield.name", "outer"));
        assertEquals(101, status(INNER, "/inner"));
        assertEquals(404, status(OUTER, "/inner"));
        assertEquals(404, status(DEFAULT, "/inner"));
        for (String each : new String[] {INNER, OUTER, DEFAULT}) {
            assertEquals(101, status(each, "/everywhere"));
        }
        assertEquals(3, configurations.servers());
    }

    @Test
    @DisplayName("a factory configuration is changed, refused and deleted; the other servers notice nothing")
    void factoryConfigurationsComeAndGo() throws Exception {
        start(Map.of("jackfield.host", "127.0.0.1", "jackfield.port", "0", "jackfield.loops", "1"));
        startJackfield();
        configurations.store(Configurations.FACTORY + "inner", server());
        configurations.store(Configurations.FACTORY + "outer", server());
        String url = configurations.url(OUTER);
        try (JdkClient inner = JdkClient.connect(configurations.url(INNER) + "/everywhere");
                JdkClient outer = JdkClient.connect(url + "/everywhere")) {
            assertEquals("text: everywhere", inner.next());
            assertEquals("text: everywhere", outer.next());

            configurations.store(Configurations.FACTORY + "outer", server("jackfield.option.maxLength", 4));
            assertEquals(url, configurations.url("(&" + OUTER + "(jackfield.option.maxLength=4))"));

            for (String key : new String[] {"jackfield.port", "jackfield.option.ping", "jackfield.tls.protocols.x"}) {
                assertEquals(key, configurations.deliver(Configurations.FACTORY + "outer", server(key, "no")));
            }
            assertEquals(
                    "jackfield.port",
                    configurations.deliver(
                            Configurations.FACTORY + "third", server("jackfield.port", configurations.port(INNER))));
            assertEquals(url, configurations.url(OUTER));

            configurations.delete(Configurations.FACTORY + "outer");
            assertEquals("close: 1001", outer.next().substring(0, 11));
            configurations.awaitNone(OUTER);
            inner.ping("still here");
            assertEquals("pong: still here", inner.next());
        }
        assertEquals(2, configurations.servers());
    }

    @Test
    @DisplayName("beside factory configurations there is no default server that nobody asked for")
    void noDefaultServerBesideFactoryConfigurations() throws Exception {
        // Without a port, so the default server would be on 8080.
        start(Map.of("jackfield.host", "127.0.0.1"));
        configurations.store(Configurations.FACTORY + "inner", server());
        startJackfield();
        assertEquals(101, status(INNER, "/inner"));
        configurations.store(Configurations.PID, server());
        configurations.url(DEFAULT);
        configurations.delete(Configurations.PID);
        configurations.awaitNone(DEFAULT);
        assertEquals(1, configurations.servers());
    }

    @Test
    @DisplayName("servers stay as they are while Config Admin is away")
    void serversStayWhileConfigAdminIsAway() throws Exception {
        start(Map.of("jackfield.host", "127.0.0.1", "jackfield.port", "0", "jackfield.loops", "1"));
        startJackfield();
        configurations.store(Configurations.FACTORY + "inner", server());
        String url = configurations.url(INNER);
        try (JdkClient client = JdkClient.connect(url + "/everywhere")) {
            assertEquals("text: everywhere", client.next());
            framework.installed("org.apache.felix.configadmin").stop();
            assertEquals(url, configurations.url(INNER));
            framework.installed("org.apache.felix.configadmin").start();
            assertNull(configurations.deliver(Configurations.FACTORY + "inner", server()));
            client.ping("still here");
            assertEquals("pong: still here", client.next());
        }
    }
}

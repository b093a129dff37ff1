package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jackfield.itest.echobundle.EchoActivator;
import io.jackfield.itest.publisherbundle.ClaimingExtension;
import io.jackfield.itest.publisherbundle.PublisherActivator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.BiFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** The default server follows its configuration, in Felix and in Equinox. */
@Tag("framework")
class OsgiConfigurationIT {

    private static final String ANY = "(jackfield.port=*)";
    private static final String MAX_LENGTH = "jackfield.option.maxLength";

    private OsgiFramework framework;

    @BeforeEach
    void start() throws Exception {
        framework = OsgiFramework.start();
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    private void startJackfield() throws Exception {
        framework.startJackfield().startBundleOf(EchoActivator.class);
    }

    private JdkClient connect() {
        return JdkClient.connect(framework.url("/echo"));
    }

    private static void assertEchoes(JdkClient client, String text) throws InterruptedException {
        assertEquals("text: " + text, client.sendText(text, true).next());
    }

    @Test
    @DisplayName("framework properties are the configuration where there is no Config Admin; a bad one fails the start")
    void frameworkPropertiesAlone() throws Exception {
        startJackfield();
        try (JdkClient client = connect()) {
            assertEchoes(client, "alone");
        }
        try (OsgiFramework other = OsgiFramework.start(Map.of("jackfield.port", "http"))) {
            assertThrows(BundleException.class, other::startJackfield);
        }
    }

    @Test
    @DisplayName("Config Admin was there first: the server starts as it is configured")
    void configAdminComesFirst() throws Exception {
        Configurations configurations = Configurations.start(framework);
        configurations.store(Configurations.PID, Map.of("jackfield.name", "early", MAX_LENGTH, 4));
        startJackfield();
        configurations.url("(&(jackfield.name=early)(" + MAX_LENGTH + "=4))");
        assertEquals(1, configurations.servers());
        try (JdkClient client = connect()) {
            assertEchoes(client, "four");
            client.sendText("five!", true);
            assertEquals("close: 1009", client.next().substring(0, 11));
        }
    }

    @Test
    @DisplayName("Config Admin comes later, and changes options, without a restart and under an open connection")
    void configAdminComesLaterAndOptionsChangeLive() throws Exception {
        startJackfield();
        String url = framework.url("");
        try (JdkClient open = connect()) {
            Configurations configurations = Configurations.start(framework);
            for (int length = 4; length > 2; length--) {
                configurations.store(Configurations.PID, Map.of(MAX_LENGTH, length));
                assertEquals(url, configurations.url("(" + MAX_LENGTH + "=" + length + ")"));
                try (JdkClient client = connect()) {
                    assertEchoes(client, "a".repeat(length));
                    client.sendText("a".repeat(length + 1), true);
                    assertEquals("close: 1009", client.next().substring(0, 11));
                }
                assertEchoes(open, "longer than that");
            }
            configurations.delete(Configurations.PID);
            assertEquals(url, configurations.url("(!(" + MAX_LENGTH + "=*))"));
            assertEchoes(open, "still here");
        }
    }

    @Test
    @DisplayName("a form that saves every default changes nothing")
    void writtenDefaultsChangeNothing() throws Exception {
        startJackfield();
        Configurations configurations = Configurations.start(framework);
        String url = framework.url("");
        try (JdkClient open = connect()) {
            configurations.store(
                    Configurations.PID,
                    Map.of("jackfield.backlog", 1024, "jackfield.tls.keystore", "", "jackfield.option.ping", 0.0));
            assertEquals(url, configurations.url("(jackfield.option.ping=*)"));
            assertEchoes(open, "still here");
        }
    }

    @Test
    @DisplayName("a property that only target filters see moves endpoints, and no connection of others")
    void targetFiltersSeeTheChange() throws Exception {
        startJackfield();
        framework.start("publisher", TestBundle.of(PublisherActivator.class).classes(ClaimingExtension.class));
        var unused = endpoints().apply("inner", Map.of("jackfield.path", "/inner", "jackfield.target", "(zone=inner)"));
        Configurations configurations = Configurations.start(framework);
        try (JdkClient other = connect()) {
            assertEquals(404, framework.answer("/inner").status());
            configurations.store(Configurations.PID, Map.of("zone", "inner"));
            configurations.url("(zone=inner)");
            try (JdkClient inner = JdkClient.connect(framework.url("/inner"))) {
                assertEquals("text: inner", inner.next());
                configurations.store(Configurations.PID, Map.of("zone", "outer"));
                assertEquals("close: 1001", inner.next().substring(0, 11));
            }
            assertEquals(404, framework.answer("/inner").status());
            assertEchoes(other, "still here");
        }
    }

    @SuppressWarnings("unchecked") // The service property tells the types.
    private BiFunction<String, Map<String, ?>, ServiceRegistration<?>> endpoints() throws Exception {
        ServiceReference<?> reference =
                framework.context().getServiceReferences(BiFunction.class.getName(), "(publishes=endpoints)")[0];
        return (BiFunction<String, Map<String, ?>, ServiceRegistration<?>>)
                framework.context().getService(reference);
    }

    @Test
    @DisplayName("another socket is a restart: connections are closed with 1001")
    void anotherSocketIsARestart() throws Exception {
        startJackfield();
        Configurations configurations = Configurations.start(framework);
        try (JdkClient client = connect()) {
            configurations.store(Configurations.PID, Map.of("jackfield.loops", 2));
            assertEquals("close: 1001", client.next().substring(0, 11));
        }
        configurations.url("(jackfield.loops=2)");
        try (JdkClient client = connect()) {
            assertEchoes(client, "again");
        }
    }

    @Test
    @DisplayName("what cannot be used is refused with its key, and the server stays as it was")
    void refusalLeavesTheServerAsItWas() throws Exception {
        startJackfield();
        Configurations configurations = Configurations.start(framework);
        String url = configurations.url(ANY);
        Map<String, Object> bad = new HashMap<>();
        bad.put("jackfield.port", 70_000);
        bad.put("jackfield.loops", "many");
        bad.put("jackfield.prot", 80);
        bad.put("jackfield.option.maxLenght", 80);
        bad.put(MAX_LENGTH, -1);
        bad.put("jackfield.option.executor", "pool");
        bad.put("jackfield.host", "no-such-host.invalid");
        bad.put("jackfield.tls.keystore", "/no/such/file.p12");
        bad.put("jackfield.tls.key", "/no/certificate.pem");
        try (JdkClient client = connect();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (Map.Entry<String, Object> property : bad.entrySet()) {
                assertEquals(
                        property.getKey(),
                        configurations.deliver(
                                Configurations.PID, Map.of(property.getKey(), property.getValue(), "zone", "new")));
                assertEquals(url, configurations.url("(!(zone=new))"));
            }
            assertEquals(
                    "jackfield.port",
                    configurations.deliver(Configurations.PID, Map.of("jackfield.port", taken.getLocalPort())));
            assertEchoes(client, "still here");
        }
        assertEquals(1, configurations.servers());
        assertNull(configurations.deliver(Configurations.PID, Map.of("zone", "new")));
    }

    @Test
    @DisplayName("a new key store is for new connections: the port and the open connections stay")
    void keyStoresAreRenewed() throws Exception {
        TestKeys first = TestKeys.generate();
        TestKeys second = TestKeys.generate();
        startJackfield();
        Configurations configurations = Configurations.start(framework);
        configurations.store(Configurations.PID, keyStore(first));
        String url = configurations.url("(jackfield.secure=true)");
        try (JdkClient open = JdkClient.connectTrusting(first.clientContext(), url + "/echo")) {
            assertEchoes(open, "first");
            assertThrows(
                    IllegalStateException.class,
                    () -> JdkClient.connectTrusting(second.clientContext(), url + "/echo"));
            Map<String, Object> locked = new HashMap<>(keyStore(second));
            locked.put("jackfield.tls.password", "wrong");
            assertEquals("jackfield.tls.password", configurations.deliver(Configurations.PID, locked));

            assertNull(configurations.deliver(Configurations.PID, keyStore(second)));
            assertEquals(url, configurations.url("(jackfield.secure=true)"));
            try (JdkClient renewed = JdkClient.connectTrusting(second.clientContext(), url + "/echo")) {
                assertEchoes(renewed, "second");
            }
            assertEchoes(open, "still here");
        }
    }

    @Test
    @DisplayName("a key store that is replaced is read again, without any configuration")
    void aReplacedKeyStoreIsReadAgain() throws Exception {
        TestKeys first = TestKeys.generate();
        TestKeys second = TestKeys.generate();
        startJackfield();
        Configurations configurations = Configurations.start(framework);
        Map<String, Object> looking = new HashMap<>(keyStore(first));
        looking.put("jackfield.tls.lookEvery", 1);
        configurations.store(Configurations.PID, looking);
        String url = configurations.url("(jackfield.secure=true)");
        SSLContext renewed = second.clientContext();
        try (JdkClient open = JdkClient.connectTrusting(first.clientContext(), url + "/echo")) {
            Files.move(second.file(), first.file(), StandardCopyOption.REPLACE_EXISTING);
            assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
                while (!trusts(renewed, URI.create(url).getPort())) {
                    Thread.onSpinWait();
                }
            });
            assertEchoes(open, "still here");
        }
    }

    private static boolean trusts(SSLContext client, int port) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.startHandshake();
            return true;
        } catch (SSLException e) {
            return false;
        }
    }

    private static Map<String, Object> keyStore(TestKeys keys) {
        return Map.of("jackfield.tls.keystore", keys.file().toString(), "jackfield.tls.password", TestKeys.PASSWORD);
    }

    @Test
    @DisplayName(
            "TLS by the name of an SSLContext: the server is there while the service is, and goes over to a better one")
    void tlsByName() throws Exception {
        TestKeys first = TestKeys.generate();
        TestKeys second = TestKeys.generate();
        startJackfield();
        Configurations configurations = Configurations.start(framework);
        configurations.store(
                Configurations.PID, Map.of("jackfield.tls.name", "public", "jackfield.port", 0, "zone", "tls"));
        ServiceRegistration<SSLContext> old = register(first, 0);
        String url = configurations.url("(jackfield.secure=true)");
        JdkClient open = JdkClient.connectTrusting(first.clientContext(), url + "/echo");
        assertEchoes(open, "first");

        ServiceRegistration<SSLContext> renewed = register(second, 1);
        try (JdkClient client = JdkClient.connectTrusting(second.clientContext(), url + "/echo")) {
            assertEchoes(client, "second");
        }
        old.unregister();
        assertEchoes(open, "still here");

        renewed.unregister();
        assertEquals("close: 1001", open.next().substring(0, 11));
        assertEquals(0, configurations.servers());
        open.close();

        register(first, 0);
        try (JdkClient client =
                JdkClient.connectTrusting(first.clientContext(), configurations.url("(zone=tls)") + "/echo")) {
            assertEchoes(client, "back");
        }
    }

    private ServiceRegistration<SSLContext> register(TestKeys keys, int ranking) throws Exception {
        return framework
                .context()
                .registerService(
                        SSLContext.class,
                        keys.serverContext(),
                        new Hashtable<>(Map.of("jackfield.tls.name", "public", "service.ranking", ranking)));
    }

    @Test
    @DisplayName("the old server stays while the SSLContext of a new configuration is not there")
    void theOldServerStaysUntilTheContextComes() throws Exception {
        startJackfield();
        Configurations configurations = Configurations.start(framework);
        String url = configurations.url(ANY);
        assertNull(configurations.deliver(Configurations.PID, Map.of("jackfield.tls.name", "public")));
        assertEquals(url, configurations.url("(jackfield.secure=false)"));
        register(TestKeys.generate(), 0);
        assertNotEquals(url, configurations.url("(jackfield.secure=true)"));
        assertEquals(1, configurations.servers());
    }
}

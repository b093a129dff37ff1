package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.itest.echobundle.EchoActivator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;

/** Our adapters beside Felix's HTTP service, which is a Jetty 12 in a bundle. */
@Tag("framework")
class OsgiHttpIT {

    private static final String WHITEBOARD = "org.osgi.service.servlet.runtime.HttpServiceRuntime";

    private OsgiFramework framework;

    @BeforeEach
    void start() throws Exception {
        Map<String, String> properties = new HashMap<>();
        properties.put("jackfield.host", "127.0.0.1");
        properties.put("jackfield.port", "0");
        properties.put("jackfield.loops", "1");
        properties.put("org.apache.felix.http.host", "127.0.0.1");
        properties.put("org.osgi.service.http.port", "0");
        framework = OsgiFramework.start(properties);
        framework.startAll(Workplace.HTTP_SERVICE);
        framework.startJackfield();
        framework.startBundleOf(EchoActivator.class);
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    /** The port of the HTTP service, as it tells it. */
    private int port() throws Exception {
        ServiceReference<?>[] services = framework.context().getAllServiceReferences(WHITEBOARD, null);
        Object endpoint = services[0].getProperty("osgi.http.endpoint");
        String url = endpoint instanceof String[] several ? several[0] : endpoint.toString();
        return Integer.parseInt(url.replaceFirst(".*:(\\d+)/.*", "$1"));
    }

    private void startAdapter(String artifact) throws BundleException {
        Bundle adapter = framework.start(Workplace.ADAPTERS.resolve(artifact + ".jar"));
        assertEquals(Bundle.ACTIVE, adapter.getState(), adapter.toString());
    }

    private HttpAnswer answer(String path, String... fields) throws Exception {
        try (RawClient client = RawClient.connect(port()).send(RawClient.handshake(path, fields))) {
            return client.readAnswer();
        }
    }

    @Test
    @DisplayName("an endpoint that a bundle plugs in is below /ws of the HTTP service's port, and leaves as it came")
    void endpointsAreOnThePortOfTheHttpService() throws Exception {
        startAdapter("jackfield-http-servlet");
        startAdapter("jackfield-http-jetty");
        byte[] payload = new byte[1 << 20];
        new Random(1).nextBytes(payload);
        try (RawClient client = RawClient.open(port(), "/ws/echo", "Sec-WebSocket-Protocol: echo")) {
            client.send(WireFrame.text("hello").masked());
            assertEquals("hello", client.readFrame().payloadText());
            client.send(WireFrame.binary(payload).masked());
            assertArrayEquals(payload, client.readFrame().payload());
            framework.installed("io.jackfield.itest.echobundle").stop();
            assertEquals(1001, client.readFrame().closeCode());
        }
        assertEquals(404, answer("/ws/echo").status());
    }

    @Test
    @DisplayName(
            "without the adapter to Jetty the answer says what is missing, and with it there is nothing to restart")
    void theAdapterToJettyComesLater() throws Exception {
        startAdapter("jackfield-http-servlet");
        HttpAnswer refused = answer("/ws/echo");
        assertEquals(501, refused.status());
        assertEquals(true, refused.body().contains("jackfield-http-jetty"), refused.body());
        startAdapter("jackfield-http-jetty");
        assertEquals(101, answer("/ws/echo").status());
    }

    @Test
    @DisplayName("when the server stops, its connections on the other port are told so")
    void theServerStops() throws Exception {
        startAdapter("jackfield-http-servlet");
        startAdapter("jackfield-http-jetty");
        try (RawClient client = RawClient.open(port(), "/ws/echo")) {
            Thread stopping = new Thread(() -> {
                try {
                    framework.bundle("io.jackfield.server").stop();
                } catch (Exception e) {
                    throw new UncheckedIOException(new IOException(e));
                }
            });
            stopping.start();
            assertEquals(1001, client.readFrame().closeCode());
            client.send(WireFrame.close(1001, "").masked()).assertEnds();
            stopping.join();
        }
        assertEquals(503, answer("/ws/echo").status());
    }
}

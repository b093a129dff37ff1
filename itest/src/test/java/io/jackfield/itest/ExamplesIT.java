package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jackfield.itest.echobundle.EchoActivator;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;

/** The bundles of the folder examples, each made by its author with our API alone, beside ours in a framework. */
@Tag("framework")
class ExamplesIT {

    private static final String INVERT = "x-invert";

    /** So long that a message which is not overtaken makes the client lose its patience. */
    private static final String OVERTAKE = "x-overtake; hold=60000";

    private OsgiFramework framework;

    @BeforeEach
    void start() throws Exception {
        framework = OsgiFramework.start().startJackfield();
        framework.startBundleOf(EchoActivator.class);
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    @Test
    @DisplayName("x-invert: messages with RSV2 are inverted, both ways")
    void invertsMessages() throws Exception {
        framework.start(Workplace.example("invert-extension"));
        try (RawClient client = connect("/echo", INVERT)) {
            client.send(inverted("hello").masked());
            assertSameFrame(inverted("hello"), client.readFrame());
            client.send(WireFrame.text("plain").masked());
            assertSameFrame(inverted("plain"), client.readFrame());
        }
    }

    @Test
    @DisplayName("x-overtake: messages that are finished out of order arrive in order, and the close frame behind them")
    void keepsTheOrderOfMessages() throws Exception {
        framework.start(Workplace.example("overtake-extension"));
        try (RawClient client = connect("/echo", OVERTAKE)) {
            client.send(burst(numbered("a", 0), numbered("b", 0)));
            assertSameFrame(numbered("a", 1), client.readFrame());
            assertSameFrame(numbered("b", 0), client.readFrame());
            Thread finishing = threadNamed("x-overtake");
            client.send(burst(numbered("c", 0), numbered("d", 0), WireFrame.close(1000, "")));
            assertSameFrame(numbered("c", 3), client.readFrame());
            assertSameFrame(numbered("d", 2), client.readFrame());
            client.assertFailsWith(1000);
            finishing.join(20_000);
            assertFalse(finishing.isAlive(), "the extension's thread behind the last connection");
        }
    }

    @Test
    @DisplayName("x-overtake: the close code is that of the exception, 1007")
    void failsWithTheCodeOfTheException() throws Exception {
        framework.start(Workplace.example("overtake-extension"));
        try (RawClient client = connect("/echo", OVERTAKE)) {
            client.send(WireFrame.text("")
                    .withB0(WireFrame.FIN | WireFrame.RSV3 | WireFrame.TEXT)
                    .masked());
            assertEquals("x-overtake: a message without its number", client.assertFailsWith(1007));
        }
    }

    @Test
    @DisplayName("x-overtake: an offer that it refuses is answered with 400")
    void refusesAnOfferWithoutItsParameter() throws Exception {
        framework.start(Workplace.example("overtake-extension"));
        assertEquals(400, answer("/echo", "x-overtake").status());
    }

    @Test
    @DisplayName("both at once: their reserved bits do not collide")
    void bothAreNegotiated() throws Exception {
        framework.start(Workplace.example("invert-extension"));
        framework.start(Workplace.example("overtake-extension"));
        assertEquals(
                List.of(INVERT + ", " + OVERTAKE),
                answer("/echo", OVERTAKE + ", " + INVERT).fields("Sec-WebSocket-Extensions"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"invert-extension", "overtake-extension"})
    @DisplayName("uninstalled: connections that use the extension are closed with 1012, others stay")
    void leavesWithItsConnections(String example) throws Exception {
        Bundle bundle = framework.start(Workplace.example(example));
        String offer = example.startsWith("invert") ? INVERT : OVERTAKE;
        try (RawClient user = connect("/echo", offer);
                RawClient other = RawClient.open(port(), "/echo")) {
            bundle.uninstall();
            assertEquals(1012, user.readFrame().closeCode());
            user.send(WireFrame.close(1012, "").masked()).assertEnds();
            other.send(WireFrame.text("still here").masked());
            assertSameFrame(WireFrame.text("still here"), other.readFrame());
        }
        assertEquals(List.of(), answer("/echo", offer).fields("Sec-WebSocket-Extensions"));
    }

    @Test
    @DisplayName("an endpoint made with annotations of Declarative Services is published, and goes with its bundle")
    void publishesAComponent() throws Exception {
        framework.startAll(Workplace.DECLARATIVE_SERVICES);
        Bundle bundle = framework.start(Workplace.example("hello-endpoint"));
        try (RawClient client = RawClient.open(port(), "/hello")) {
            client.send(WireFrame.text("Ada").masked());
            assertSameFrame(WireFrame.text("Hello, Ada"), client.readFrame());
            bundle.uninstall();
            assertEquals(1001, client.readFrame().closeCode());
        }
        assertEquals(404, answer("/hello").status());
    }

    private static WireFrame inverted(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) ~payload[i];
        }
        return new WireFrame(WireFrame.FIN | WireFrame.RSV2 | WireFrame.TEXT, payload);
    }

    private static WireFrame numbered(String text, int number) {
        byte[] payload = (text + (char) number).getBytes(StandardCharsets.US_ASCII);
        return new WireFrame(WireFrame.FIN | WireFrame.RSV3 | WireFrame.TEXT, payload);
    }

    private static byte[] burst(WireFrame... frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (WireFrame frame : frames) {
            bytes.writeBytes(frame.masked());
        }
        return bytes.toByteArray();
    }

    private static void assertSameFrame(WireFrame expected, WireFrame actual) {
        assertEquals(expected.b0(), actual.b0(), actual::toString);
        assertArrayEquals(expected.payload(), actual.payload(), actual::toString);
    }

    private static Thread threadNamed(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private int port() {
        return URI.create(framework.url("/")).getPort();
    }

    /** Connects and sees the extension accepted as it was offered. */
    private RawClient connect(String path, String offer) {
        RawClient client = RawClient.connect(port()).send(RawClient.handshake(path, field(offer)));
        assertEquals(List.of(offer), client.readAnswer().fields("Sec-WebSocket-Extensions"));
        return client;
    }

    private HttpAnswer answer(String path, String... offers) {
        String[] fields = List.of(offers).stream().map(ExamplesIT::field).toArray(String[]::new);
        try (RawClient client = RawClient.connect(port()).send(RawClient.handshake(path, fields))) {
            return client.readAnswer();
        }
    }

    private static String field(String offer) {
        return "Sec-WebSocket-Extensions: " + offer;
    }
}

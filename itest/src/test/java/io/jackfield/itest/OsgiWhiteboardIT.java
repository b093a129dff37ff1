package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.itest.publisherbundle.ClaimingExtension;
import io.jackfield.itest.publisherbundle.PublisherActivator;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** Services of a stranger's bundle: their properties decide, also when they change. */
@Tag("framework")
class OsgiWhiteboardIT {

    private static final String PATH = "jackfield.path";
    private static final String TARGET = "jackfield.target";
    private static final String RANKING = "service.ranking";
    private static final String OFFER = "Sec-WebSocket-Extensions: x-first, x-second";

    private OsgiFramework framework;
    private BiFunction<String, Map<String, ?>, ServiceRegistration<?>> endpoints;
    private BiFunction<String, Map<String, ?>, ServiceRegistration<?>> extensions;

    @BeforeEach
    void start() throws Exception {
        framework = OsgiFramework.start().startJackfield();
        framework.start("publisher", TestBundle.of(PublisherActivator.class).classes(ClaimingExtension.class));
        endpoints = publisher("endpoints");
        extensions = publisher("extensions");
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    @Test
    @DisplayName("two extensions that claim RSV1: the higher ranking is negotiated, whoever came first")
    void rankingDecidesBetweenExtensionsWithOneBit() {
        ServiceRegistration<?> first = extensions.apply("x-first", Map.of(RANKING, 1));
        ServiceRegistration<?> second = extensions.apply("x-second", Map.of(RANKING, 2));
        assertEquals(List.of("x-second"), negotiated("/any"));

        change(first, Map.of(RANKING, 3));
        assertEquals(List.of("x-first"), negotiated("/any"));

        first.unregister();
        assertEquals(List.of("x-second"), negotiated("/any"));
        second.unregister();
        assertEquals(List.of(), negotiated("/any"));
    }

    @Test
    @DisplayName("equal rankings: the extension that was registered first is negotiated")
    void theFirstOfEqualRankingWins() {
        ServiceRegistration<?> second = extensions.apply("x-second", Map.of());
        ServiceRegistration<?> first = extensions.apply("x-first", Map.of());
        assertEquals(List.of("x-second"), negotiated("/any"));
        second.unregister();
        assertEquals(List.of("x-first"), negotiated("/any"));
        first.unregister();
    }

    @Test
    @DisplayName("a target filter that does not match the server keeps an extension or an endpoint away, until it does")
    void targetFiltersDecide() {
        ServiceRegistration<?> extension = extensions.apply("x-first", Map.of(TARGET, "(jackfield.host=elsewhere)"));
        ServiceRegistration<?> endpoint =
                endpoints.apply("here", Map.of(PATH, "/here", TARGET, "(jackfield.host=elsewhere)"));
        assertEquals(404, framework.answer("/here").status());
        change(endpoint, Map.of(PATH, "/here", TARGET, "(jackfield.host=127.0.0.1)"));
        assertEquals(List.of(), negotiated("/here"));
        change(extension, Map.of(TARGET, "(jackfield.host=127.*)"));
        assertEquals(List.of("x-first"), negotiated("/here"));
    }

    @Test
    @DisplayName("two endpoints with one path: the higher ranking is published, the other waits for its turn")
    void rankingDecidesBetweenEndpointsWithOnePath() {
        ServiceRegistration<?> low = endpoints.apply("low", Map.of(PATH, "/shared", RANKING, 1));
        try (RawClient toLow = greetedBy("low", "/shared")) {
            ServiceRegistration<?> high = endpoints.apply("high", Map.of(PATH, "/shared", RANKING, 2));
            try (RawClient toHigh = greetedBy("high", "/shared")) {
                high.unregister();
                toHigh.send(WireFrame.close(1001, "").masked()).assertFailsWith(1001);
            }
            greetedBy("low", "/shared").close();
            low.unregister();
            // Those who came before the higher ranking were never disturbed.
            toLow.send(WireFrame.close(1001, "").masked()).assertFailsWith(1001);
        }
        assertEquals(404, framework.answer("/shared").status());
    }

    @Test
    @DisplayName("modified properties move an endpoint: 1001 and 404 at the old path, and nothing at those that stay")
    void modifiedPropertiesMoveAnEndpoint() {
        ServiceRegistration<?> endpoint = endpoints.apply("mover", Map.of(PATH, new String[] {"/old", "/stays"}));
        try (RawClient atOld = greetedBy("mover", "/old");
                RawClient atStays = greetedBy("mover", "/stays")) {
            change(endpoint, Map.of(PATH, List.of("/stays", "/new")));
            atOld.send(WireFrame.close(1001, "").masked()).assertFailsWith(1001);
            assertEquals(404, framework.answer("/old").status());
            greetedBy("mover", "/new").close();
            atStays.send(WireFrame.ping("still here").masked());
            assertEquals("still here", atStays.readFrame().payloadText());
        }
    }

    @Test
    @DisplayName("unregistered with large messages queued: all of them arrive, then 1001")
    void whatWasQueuedArrivesBeforeTheEnd() {
        ServiceRegistration<?> endpoint = endpoints.apply("flood", Map.of(PATH, "/flood"));
        try (RawClient client = greetedBy("flood", "/flood")) {
            client.send(WireFrame.text("flood").masked());
            WireFrame first = client.readFrame();
            endpoint.unregister();
            assertFlood(0, first);
            for (int number = 1; number < PublisherActivator.FLOOD_MESSAGES; number++) {
                assertFlood(number, client.readFrame());
            }
            client.send(WireFrame.close(1001, "").masked()).assertFailsWith(1001);
        }
    }

    private static void assertFlood(int number, WireFrame frame) {
        byte[] expected = new byte[PublisherActivator.FLOOD_LENGTH];
        Arrays.fill(expected, (byte) number);
        assertEquals(-1, Arrays.mismatch(expected, frame.payload()), () -> "message " + number + ": " + frame);
    }

    private RawClient greetedBy(String name, String path) {
        RawClient client = RawClient.open(framework.port(), path);
        assertEquals(name, client.readFrame().payloadText());
        return client;
    }

    /** The names of the extensions that an answer agrees to, whether or not there is an endpoint. */
    private List<String> negotiated(String path) {
        ServiceRegistration<?> endpoint = endpoints.apply("negotiation", Map.of(PATH, path, RANKING, 100));
        try {
            return framework.answer(path, OFFER).fields("Sec-WebSocket-Extensions");
        } finally {
            endpoint.unregister();
        }
    }

    private static void change(ServiceRegistration<?> registration, Map<String, ?> properties) {
        registration.setProperties(new Hashtable<>(properties));
    }

    @SuppressWarnings("unchecked") // What the publisher's bundle registers.
    private BiFunction<String, Map<String, ?>, ServiceRegistration<?>> publisher(String what)
            throws InvalidSyntaxException {
        BundleContext context = framework.context();
        ServiceReference<?>[] found = context.getAllServiceReferences(
                BiFunction.class.getName(), "(" + PublisherActivator.PUBLISHES + "=" + what + ")");
        return (BiFunction<String, Map<String, ?>, ServiceRegistration<?>>) context.getService(found[0]);
    }
}

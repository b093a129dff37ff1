package io.jackfield.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.statistics.ServerMonitor;
import io.jackfield.server.WebSocketServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge to Micrometer in docs/operations.md, as it stands there. */
class MetricsBridgeTest {

    @Test
    void theBridgeShowsTheServersFigures(@TempDir Path folder) throws Exception {
        Snippet bridge = Snippet.named("JackfieldMetrics", Repository.file("docs/operations.md"));
        assertEquals("", bridge.compile(folder, System.getProperty("java.class.path")));
        MeterRegistry registry = new SimpleMeterRegistry();
        try (WebSocketServer server = WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .onConnection("/echo", socket -> socket.onMessage(socket::send))
                .start()) {
            bridge.load(folder)
                    .getMethod("bind", ServerMonitor.class, MeterRegistry.class)
                    .invoke(null, server, registry);
            EchoClient client = new EchoClient(server.url() + "/echo");
            assertEquals("hello", client.send("hello").next());
            assertEquals(1, registry.get("jackfield.connections").gauge().value());
            assertEquals(
                    1,
                    registry.get("jackfield.messages")
                            .tag("direction", "in")
                            .functionCounter()
                            .count());
            Http.answer(
                    server.port(),
                    "GET /other HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            assertEquals(
                    1,
                    registry.get("jackfield.handshakes.refused")
                            .tag("reason", "NO_ENDPOINT")
                            .functionCounter()
                            .count());
            assertTrue(registry.get("jackfield.loop.lag").timeGauge().value(TimeUnit.NANOSECONDS) > 0);
            client.close();
        }
    }
}

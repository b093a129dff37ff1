package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Option;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** Our features in a stock Karaf that has no network: {@code mvn verify -Pkaraf}. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Tag("karaf")
class KarafIT {

    /** Karaf 4.4 needs the security manager, which is gone from JDK 24 on. */
    private static final int FIRST_JDK_WITHOUT_KARAF = 24;

    private static final String REPO_ADD = "feature:repo-add mvn:io.jackfield/jackfield-features/%s/xml/features";

    @Test
    @DisplayName("one repo-add and one install bring the page, the echo and permessage-deflate, and go with Karaf")
    void installsFromTheFeaturesRepository(
            @TempDir(factory = InTarget.class, cleanup = CleanupMode.ON_SUCCESS) Path home) throws Exception {
        int jdk = Runtime.version().feature();
        if (jdk >= FIRST_JDK_WITHOUT_KARAF) {
            Requirement.unmet("Karaf 4.4 does not run on JDK " + jdk);
        }
        try (KarafProcess karaf = KarafProcess.start(home)) {
            String shown = karaf.run(
                    REPO_ADD.formatted(System.getProperty("jackfield.version")), "feature:install jackfield-demo");
            assertFalse(shown.contains("Error"), shown);
            String described = karaf.run("config:meta io.jackfield.server");
            for (Option option : Option.values()) {
                switch (option.type()) {
                    case EXTENSIONS, EXECUTOR, UNCAUGHT_EXCEPTION_HANDLER -> {}
                    default -> assertTrue(described.contains("option." + option.key()), described);
                }
            }
            karaf.waitUntil("the demo page is served", () -> page(karaf).status() == 200);
            assertTrue(page(karaf).body().contains("<title>Jackfield</title>"), page(karaf)::toString);
            karaf.waitUntil(
                    "permessage-deflate is negotiated",
                    () -> negotiate(karaf, "permessage-deflate").equals(List.of("permessage-deflate")));
            // As docs/extensions.md tells a stranger to install a bundle.
            karaf.run(
                    "bundle:install -s " + Workplace.example("invert-extension").toUri());
            karaf.waitUntil(
                    "a stranger's extension is negotiated",
                    () -> negotiate(karaf, "x-invert").equals(List.of("x-invert")));
            try (JdkClient client = JdkClient.connect(karaf.url("/echo"), "echo")) {
                assertEquals("echo", client.socket().getSubprotocol());
                assertEquals("text: hello", client.sendText("hello", true).next());
                String connections = karaf.run("jackfield:connections");
                assertTrue(connections.matches("(?s).*/echo +echo +\\S.* OPEN .*"), connections);
                assertEquals("close: 1000 ", client.close(1000, "").next());
            }
            assertEquals(0, karaf.stop());
            assertPortIsFree(karaf.port());
        }
    }

    @Test
    @DisplayName("beside Karaf's HTTP server, as it is by default, endpoints are on its port")
    void sharesThePortOfPaxWeb(@TempDir(factory = InTarget.class, cleanup = CleanupMode.ON_SUCCESS) Path home)
            throws Exception {
        int jdk = Runtime.version().feature();
        if (jdk >= FIRST_JDK_WITHOUT_KARAF) {
            Requirement.unmet("Karaf 4.4 does not run on JDK " + jdk);
        }
        try (KarafProcess karaf = KarafProcess.start(home)) {
            String shown = karaf.run(
                    REPO_ADD.formatted(System.getProperty("jackfield.version")),
                    "feature:install jackfield-demo jackfield-http-jetty");
            assertFalse(shown.contains("Error"), shown);
            karaf.waitUntil("the echo is on Karaf's port", () -> opening(karaf) == 101);
            try (JdkClient client = JdkClient.connect("ws://127.0.0.1:" + karaf.httpPort() + "/ws/echo", "echo")) {
                assertEquals("text: hello", client.sendText("hello", true).next());
                assertEquals("close: 1000 ", client.close(1000, "").next());
            }
            assertEquals(0, karaf.stop());
        }
    }

    private static int opening(KarafProcess karaf) {
        try (RawClient client = RawClient.connect(karaf.httpPort())) {
            return client.send(RawClient.handshake("/ws/echo")).readAnswer().status();
        }
    }

    private static HttpAnswer page(KarafProcess karaf) {
        try (RawClient client = RawClient.connect(karaf.port())) {
            return client.send(RawClient.head("GET / HTTP/1.1", "Host: localhost"))
                    .readAnswer();
        }
    }

    private static List<String> negotiate(KarafProcess karaf, String offer) {
        try (RawClient client = RawClient.connect(karaf.port())) {
            return client.send(RawClient.handshake("/echo", "Sec-WebSocket-Extensions: " + offer))
                    .readAnswer()
                    .fields("Sec-WebSocket-Extensions");
        }
    }

    private static void assertPortIsFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(port, socket.getLocalPort());
        }
    }

    static final class InTarget implements TempDirFactory {

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            return Files.createTempDirectory(Workplace.TARGET, "karaf-home");
        }
    }
}

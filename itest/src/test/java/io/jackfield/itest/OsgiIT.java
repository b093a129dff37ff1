package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jackfield.itest.echobundle.EchoActivator;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** Our bundles in the framework that is on the class path: Felix in one run of the build, Equinox in the next. */
@Tag("framework")
class OsgiIT {

    private OsgiFramework framework;
    private Bundle echo;

    @BeforeEach
    void start() throws Exception {
        framework = OsgiFramework.start().startJackfield();
        echo = framework.startBundleOf(EchoActivator.class);
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    @Test
    @DisplayName("all bundles are active, and a stranger's endpoint echoes")
    void echoesInTheFramework() throws Exception {
        System.out.println("OSGi framework: " + framework.name());
        framework.bundles().forEach(bundle -> assertEquals(Bundle.ACTIVE, bundle.getState(), bundle.toString()));
        try (JdkClient client = JdkClient.connect(framework.url("/echo"), "echo")) {
            assertEquals("echo", client.socket().getSubprotocol());
            assertEquals("text: hello", client.sendText("hello", true).next());
            assertEquals("close: 1000 ", client.close(1000, "").next());
        }
    }

    @Test
    @DisplayName(
            "permessage-deflate is there while its bundle is; when it leaves, those who use it are closed with 1012")
    void extensionComesAndGoes() throws Exception {
        Bundle deflate = framework.bundle("io.jackfield.ext.deflate");
        assertEquals(List.of("permessage-deflate"), negotiate());
        try (RawClient compressed = RawClient.open(port(), "/echo", offer());
                JdkClient plain = JdkClient.connect(framework.url("/echo"))) {
            deflate.stop();
            assertEquals(1012, compressed.readFrame().closeCode());
            compressed.send(WireFrame.close(1012, "").masked()).assertEnds();
            assertEquals("text: still here", plain.sendText("still here", true).next());
        }
        assertEquals(List.of(), negotiate());
        deflate.start();
        assertEquals(List.of("permessage-deflate"), negotiate());
    }

    @Test
    @DisplayName("an endpoint is there while its bundle is; when it leaves, its connections are closed with 1001")
    void endpointComesAndGoes() throws Exception {
        try (JdkClient client = JdkClient.connect(framework.url("/echo"))) {
            echo.stop();
            assertEquals("close: 1001", client.next().substring(0, 11));
        }
        assertEquals(404, answer().status());
        echo.start();
        assertEquals(101, answer().status());
    }

    @Test
    @DisplayName("the server stops with its bundle and comes back with it")
    void serverComesAndGoes() throws Exception {
        Bundle server = framework.bundle("io.jackfield.server");
        int port = port();
        try (JdkClient client = JdkClient.connect(framework.url("/echo"))) {
            server.stop();
            assertEquals("close: 1001", client.next().substring(0, 11));
        }
        assertThrows(UncheckedIOException.class, () -> RawClient.connect(port));
        server.start();
        assertEquals(101, answer().status());
    }

    private int port() {
        return URI.create(framework.url("/")).getPort();
    }

    private List<String> negotiate() {
        return answer(offer()).fields("Sec-WebSocket-Extensions");
    }

    private static String offer() {
        return "Sec-WebSocket-Extensions: permessage-deflate";
    }

    private HttpAnswer answer(String... fields) {
        try (RawClient client = RawClient.connect(port()).send(RawClient.handshake("/echo", fields))) {
            return client.readAnswer();
        }
    }
}

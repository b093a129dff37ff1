package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The downloadable server as a process: {@code java -jar} with its options. */
class DistributionIT {

    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";

    @Test
    @DisplayName("echoes, compresses unless told otherwise, and stops in good order when it is told to")
    void echoesAndStops() throws Exception {
        try (ServerProcess server = ServerProcess.start("--loops", "2");
                JdkClient client = JdkClient.connect(server.url("/echo"))) {
            assertEquals("text: hello", client.sendText("hello", true).next());
            assertEquals(List.of("permessage-deflate"), negotiate(server));
            server.stop();
            assertEquals("close: 1001", client.next().substring(0, 11));
        }
    }

    @Test
    @DisplayName("--deflate false: negotiates no extension")
    void leavesOutDeflate() throws Exception {
        try (ServerProcess server = ServerProcess.start("--deflate", "false")) {
            assertEquals(List.of(), negotiate(server));
        }
    }

    @Test
    @DisplayName("--max-length and --handshake-timeout bind connections")
    void keepsLimits() throws Exception {
        try (ServerProcess server = ServerProcess.start("--max-length", "10", "--handshake-timeout", "0.3")) {
            try (RawClient client = RawClient.open(port(server), "/echo")) {
                client.send(WireFrame.text("12345678901").masked());
                client.assertFailsWith(1009);
            }
            try (RawClient slow = RawClient.connect(port(server)).send("GET / HTTP/1.1\r\n")) {
                assertEquals(408, slow.readAnswer().status());
                slow.assertEnds();
            }
        }
    }

    @Test
    @DisplayName("--tls: speaks TLS with the key of a PKCS12 file")
    void speaksTls() throws Exception {
        TestKeys keys = TestKeys.generate();
        try (ServerProcess server =
                        ServerProcess.start("--tls", keys.file().toString(), "--tls-password", TestKeys.PASSWORD);
                JdkClient client = JdkClient.connectTrusting(keys.clientContext(), server.url("/echo"))) {
            assertTrue(server.url("").startsWith("wss:"), server.url(""));
            assertEquals("text: hello", client.sendText("hello", true).next());
        }
    }

    private static List<String> negotiate(ServerProcess server) {
        String head = RawClient.handshake("/echo", OFFER);
        try (RawClient client = RawClient.connect(port(server)).send(head)) {
            return client.readAnswer().fields("Sec-WebSocket-Extensions");
        }
    }

    private static int port(ServerProcess server) {
        return URI.create(server.page()).getPort();
    }
}

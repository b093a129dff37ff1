package io.jackfield.itest;

import io.jackfield.api.Options;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** npm {@code ws}, and {@code faye-websocket} with {@code permessage-deflate}, as clients. */
class NodeClientIT {

    private static NodePeer node;
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        node = NodePeer.install();
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @TestFactory
    @DisplayName("ws: echoes of all sizes (S-62, S-148, S-149)")
    List<DynamicTest> echoesToWs() {
        return node.run("echo.mjs", server.url("/echo"), "ws");
    }

    @TestFactory
    @DisplayName("ws with permessage-deflate: echoes of all sizes (R-82, R-84, R-86)")
    List<DynamicTest> echoesToWsCompressed() {
        return node.run("echo.mjs", server.url("/echo"), "ws-deflate");
    }

    @TestFactory
    @DisplayName("faye-websocket: echoes of all sizes")
    List<DynamicTest> echoesToFaye() {
        return node.run("echo.mjs", server.url("/echo"), "faye");
    }

    @TestFactory
    @DisplayName("faye-websocket with permessage-deflate: echoes of all sizes (S-217, S-219)")
    List<DynamicTest> echoesToFayeCompressed() {
        return node.run("echo.mjs", server.url("/echo"), "faye-deflate");
    }

    @TestFactory
    @DisplayName("ws: pings, closing, subprotocols, refusals (R-36, R-37, R-35, R-39, R-55, R-56, R-64, S-55, S-57)")
    List<DynamicTest> keepsToTheProtocol() {
        return node.run("protocol.mjs", server.url(""));
    }

    @TestFactory
    @DisplayName("ws: messages beyond maxLength, inflated ones too (S-155, S-156, S-160, R-88, A-34 to A-44)")
    List<DynamicTest> limitsMessages() throws IOException {
        try (TestServer limited =
                TestServer.start(Options.builder().maxLength(1000).build())) {
            return node.run("limits.mjs", limited.url("/echo"));
        }
    }

    @TestFactory
    @DisplayName("ws with permessage-deflate: 1000 messages of each size")
    List<DynamicTest> compressesAllSizes() {
        return node.run("deflate.mjs", server.url("/echo"), "ws", "sizes");
    }

    @TestFactory
    @DisplayName("ws with permessage-deflate: all combinations of parameters (R-76 to R-81, R-85, S-204 to S-211)")
    List<DynamicTest> negotiatesAllParametersWithWs() {
        return node.run("deflate.mjs", server.url("/echo"), "ws", "parameters");
    }

    @TestFactory
    @DisplayName("faye-websocket with permessage-deflate: all combinations of parameters (R-76 to R-81, R-85)")
    List<DynamicTest> negotiatesAllParametersWithFaye() {
        return node.run("deflate.mjs", server.url("/echo"), "faye", "parameters");
    }

    @TestFactory
    @DisplayName("ws and faye-websocket: what is published is compressed once for all, whatever each has agreed on")
    List<DynamicTest> broadcastsToAll() {
        return node.run("broadcast.mjs", server.url("/room"));
    }
}

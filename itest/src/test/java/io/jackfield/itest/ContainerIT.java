package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Endpoints beside the servlets of a container, on its port and with its TLS. */
@ParameterizedClass
@EnumSource
class ContainerIT {

    private static final int MEBIBYTE = 1024 * 1024;

    private static ContainerProcess process;
    private static TestKeys keys;

    @Parameter
    private Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws IOException {
        keys = TestKeys.generate();
        process = ContainerProcess.start(container, keys);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws IOException {
        process.close();
    }

    private static RawClient open(String path, String... fields) {
        return RawClient.open(process.port(), "/app/ws" + path, fields);
    }

    private static RawClient openTls(String path) throws IOException, GeneralSecurityException {
        RawClient client = RawClient.connectTls(keys.clientContext(), "127.0.0.1", process.securePort())
                .send(RawClient.handshake("/app/ws" + path));
        assertEquals(101, client.readAnswer().status());
        return client;
    }

    private static HttpAnswer answer(String head) {
        try (RawClient client = RawClient.connect(process.port()).send(head)) {
            return client.readAnswer();
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static void assertEchoes(RawClient client, int length) {
        byte[] payload = bytes(length);
        client.send(WireFrame.binary(payload).masked());
        assertArrayEquals(payload, client.readFrame().payload());
    }

    @Test
    void servletsAreServedAsBefore() {
        HttpAnswer hello = answer(RawClient.head("GET /app/hello HTTP/1.1", "Host: localhost"));
        assertEquals(200, hello.status(), container::toString);
    }

    @Test
    void refusalsAreTheContainersAnswers() {
        assertEquals(
                426,
                answer(RawClient.head("GET /app/ws/echo HTTP/1.1", "Host: localhost"))
                        .status());
        assertEquals(404, answer(RawClient.handshake("/app/ws/nothing")).status());
        assertEquals(401, answer(RawClient.handshake("/app/ws/closed")).status());
        assertEquals(
                403,
                answer(RawClient.handshake("/app/ws/echo", "Origin: http://evil.example"))
                        .status());
    }

    @Test
    void theEndpointKnowsTheRequestAsItWasSent() throws Exception {
        try (RawClient plain = open("/about?a=b", "X-Seen: yes");
                RawClient secure = openTls("/about")) {
            assertEquals(
                    "ws://localhost/app/ws/about?a=b false 127.0.0.1 yes",
                    plain.readFrame().payloadText());
            assertEquals(
                    "wss://localhost/app/ws/about true 127.0.0.1 -",
                    secure.readFrame().payloadText());
        }
    }

    @Test
    void messagesOfAnySizePass() throws Exception {
        try (RawClient plain = open("/echo");
                RawClient secure = openTls("/echo")) {
            for (int length : List.of(5, 300_000, MEBIBYTE)) {
                assertEchoes(plain, length);
                assertEchoes(secure, length);
            }
        }
    }

    @Test
    @DisplayName("bytes right behind the handshake are not lost")
    void earlyBytesArrive() {
        byte[] payload = bytes(300_000);
        try (RawClient client = RawClient.connect(process.port())) {
            client.send(RawClient.handshake("/app/ws/echo")
                    + latin(WireFrame.text("first").masked())
                    + latin(WireFrame.binary(payload).masked()));
            assertEquals(101, client.readAnswer().status());
            assertEquals("first", client.readFrame().payloadText());
            assertArrayEquals(payload, client.readFrame().payload());
        }
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void bothSidesClose() throws Exception {
        try (RawClient plain = open("/echo");
                RawClient secure = openTls("/echo")) {
            for (RawClient client : List.of(plain, secure)) {
                client.send(WireFrame.close(1000, "bye").masked());
                assertEquals("bye", client.assertFailsWith(1000));
            }
        }
        try (RawClient client = open("/echo").send(WireFrame.text("close").masked())) {
            WireFrame close = client.readFrame();
            assertEquals(4000, close.closeCode());
            client.send(WireFrame.close(4000, "").masked()).assertEnds();
        }
    }

    @Test
    void whoBreaksTheProtocolHearsOfIt() {
        try (RawClient client = open("/echo").send(new byte[] {(byte) 0xff, (byte) 0x80, 0, 0, 0, 0})) {
            client.assertFailsWith(1002);
        }
    }

    @Test
    @DisplayName("how long nothing may come is the endpoint's to say, not the container's")
    void idleConnectionsEndByTheOptionsAlone() {
        try (RawClient idle = open("/echo");
                RawClient limited = open("/idle")) {
            // Jetty is given two seconds for its connections: less than twelve times the 200 ms of this endpoint.
            for (int i = 0; i < 12; i++) {
                try (RawClient again = open("/idle")) {
                    assertEquals(1001, again.readFrame().closeCode());
                }
            }
            assertEquals(1001, limited.readFrame().closeCode());
            assertEchoes(idle, 5);
        }
    }

    @Test
    @DisplayName("a peer that reads slowly holds up the sender: 256 MiB pass a process with a heap of 64 MiB")
    void outputIsBounded() throws Exception {
        int total = 256 * MEBIBYTE;
        try (RawClient plain = open("/flood");
                RawClient secure = openTls("/flood")) {
            for (RawClient client : List.of(plain, secure)) {
                client.send(WireFrame.text(Integer.toString(total)).masked());
                // Somebody else is served meanwhile.
                try (RawClient other = open("/echo")) {
                    assertEchoes(other, 300_000);
                }
                for (int received = 0; received < total; ) {
                    received += client.readFrame().payload().length;
                }
            }
        }
    }

    @Test
    @DisplayName("an application that pauses holds up its peer, and then gets all")
    void inputIsBounded() throws Exception {
        byte[] part = WireFrame.binary(new byte[64 * 1024]).masked();
        int parts = 2048;
        try (RawClient control = open("/control");
                RawClient sink = open("/sink")) {
            Thread sender = new Thread(() -> {
                for (int i = 0; i < parts; i++) {
                    sink.send(part);
                }
            });
            sender.start();
            // 128 MiB do not fit into the heap: who has not read them has not sent them.
            assertEquals("0", ask(control, "count"));
            ask(control, "read");
            sender.join();
            String all = Integer.toString(parts * 64 * 1024);
            String count = "";
            while (!count.equals(all)) {
                count = ask(control, "count");
            }
        }
    }

    private static String ask(RawClient client, String question) {
        return client.send(WireFrame.text(question).masked()).readFrame().payloadText();
    }

    @Test
    void extensionsAreNegotiated() {
        try (RawClient client = RawClient.connect(process.port())
                .send(RawClient.handshake("/app/ws/echo", "Sec-WebSocket-Extensions: permessage-deflate"))) {
            assertEquals(List.of("permessage-deflate"), client.readAnswer().fields("Sec-WebSocket-Extensions"));
            // "hello", deflated: RFC 7692 section 7.2.3.1 has it with a capital letter.
            byte[] hello = HexFormat.of().parseHex("f248cdc9c90700");
            client.send(new WireFrame(0xc1, hello).masked());
            assertEquals("Hello", client.readFrame().payloadText());
        }
    }
}

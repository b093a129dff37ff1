package io.jackfield.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.api.extension.ExtensionMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What one driver sends, another receives, whichever is the client. */
class RoundTripTest {

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    @DisplayName("R-46 R-50 R-51 R-57 R-62: what is sent is received, in both directions, however it is cut")
    void sentIsReceived() {
        DriverConfig clientConfig = new DriverConfig(Role.CLIENT, 1 << 20, 10, true, random::nextInt);
        for (int round = 0; round < 40; round++) {
            DriverProbe server = DriverProbe.server();
            DriverProbe client = new DriverProbe(clientConfig, List.of(), new RecordingListener());
            List<String> fromClient = sendRandomly(client.driver);
            List<String> fromServer = sendRandomly(server.driver);
            deliver(client, server);
            deliver(server, client);
            server.expect(fromClient.toArray(String[]::new)).end();
            client.expect(fromServer.toArray(String[]::new)).end();
        }
    }

    @Test
    @DisplayName("S-119 R-64: a closing handshake between two drivers")
    void closingHandshake() {
        DriverProbe server = DriverProbe.server();
        DriverProbe client = DriverProbe.client();
        client.driver.close(4000, "fin");
        deliver(client, server);
        deliver(server, client);
        server.expect("closing", "finished 4000 \"fin\" clean PEER sent 4000").end();
        client.expect("finished 4000 \"fin\" clean LOCAL sent 4000").end();
    }

    @Test
    @DisplayName("S-109: two drivers that close at once never send two close frames")
    void bothCloseAtOnce() {
        DriverProbe server = DriverProbe.server();
        DriverProbe client = DriverProbe.client();
        client.driver.close(4000, "");
        server.driver.close(3000, "");
        deliver(client, server);
        deliver(server, client);
        server.expect("finished 4000 \"\" clean LOCAL sent 3000").end();
        client.expect("finished 3000 \"\" clean LOCAL sent 4000").end();
    }

    private List<String> sendRandomly(Driver driver) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int length = random.nextInt(
                    switch (random.nextInt(3)) {
                        case 0 -> 10;
                        case 1 -> 300;
                        default -> 70_000;
                    });
            switch (random.nextInt(4)) {
                case 0 -> {
                    String text = randomText(length);
                    driver.sendText(text);
                    events.add("text " + text);
                }
                case 1 -> {
                    String text = randomText(length);
                    driver.send(ExtensionMessage.Type.TEXT, ByteBuffer.wrap(Bytes.utf8(text)));
                    events.add("text " + text);
                }
                case 2 -> {
                    byte[] bytes = randomBytes(length);
                    driver.send(ExtensionMessage.Type.BINARY, ByteBuffer.wrap(bytes));
                    events.add("binary " + Bytes.hex(bytes));
                }
                default -> {
                    byte[] bytes = randomBytes(length % 126);
                    driver.pong(ByteBuffer.wrap(bytes));
                    events.add("pong " + Bytes.hex(bytes));
                }
            }
        }
        return events;
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String randomText(int length) {
        StringBuilder text = new StringBuilder(length);
        int range = random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1;
        for (int i = 0; i < length; i++) {
            int codePoint = random.nextInt(range);
            text.appendCodePoint(codePoint >= 0xD800 && codePoint < 0xE000 ? 0xFFFD : codePoint);
        }
        return text.toString();
    }

    /** Hands over what one has sent in pieces of random lengths. */
    private void deliver(DriverProbe from, DriverProbe to) {
        byte[] bytes = from.output.take();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(1 + random.nextInt(100_000), bytes.length - at);
            ByteBuffer piece =
                    ByteBuffer.allocateDirect(length).put(bytes, at, length).flip();
            to.driver.receive(piece);
            assertEquals(0, piece.remaining(), "seed " + seed);
            at += length;
        }
    }
}

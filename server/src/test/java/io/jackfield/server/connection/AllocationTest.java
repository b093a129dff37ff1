package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.jackfield.api.MessageListener;
import io.jackfield.api.PreparedMessage;
import io.jackfield.api.Topic;
import io.jackfield.api.WebSocket;
import io.jackfield.server.TestTls;
import io.jackfield.server.WebSocketServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an event loop allocates for echoes, from the socket back to the socket. */
@Tag(TestTls.PLAIN) // TLS allocates as the JDK likes
class AllocationTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private static final int BATCH = 64;
    private static final int WARM_UP = 200;
    private static final int BATCHES = 500;

    /** What selecting and the virtual machine take, for each read. */
    private static final long A_TURN = 200;

    /** Echoes, and tells how much the loop's thread has allocated up to the last message. */
    private static final class Echo implements MessageListener {

        private final AtomicLong allocated = new AtomicLong();

        @Override
        public void onText(WebSocket socket, String text) {
            socket.send(text);
            allocated.set(THREADS.getCurrentThreadAllocatedBytes());
        }

        @Override
        public void onBinary(WebSocket socket, ByteBuffer payload) {
            socket.send(payload);
            allocated.set(THREADS.getCurrentThreadAllocatedBytes());
        }
    }

    private static void exchange(RawClient client, byte[] frames, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            client.send(frames);
            for (int j = 0; j < BATCH; j++) {
                client.readFrame();
            }
        }
    }

    /** The bytes that each message takes, beyond those of turns. */
    private static double allocatedFor(byte[] frame) throws Exception {
        byte[] frames = new byte[BATCH * frame.length];
        for (int i = 0; i < BATCH; i++) {
            System.arraycopy(frame, 0, frames, i * frame.length, frame.length);
        }
        Echo echo = new Echo();
        try (WebSocketServer server = WebSocketServer.builder()
                        .port(0)
                        .discoverExtensions(false)
                        .onConnection(socket -> socket.messageListener(echo))
                        .start();
                RawClient client = RawClient.dial(server.port())) {
            client.send(RawClient.handshake("/")).expectHttp(101);
            exchange(client, frames, WARM_UP);
            long before = echo.allocated.get();
            exchange(client, frames, BATCHES);
            double all = echo.allocated.get() - before;
            assertTrue(before > 0, "this virtual machine counts");
            return Math.max(0, all - BATCHES * A_TURN) / (BATCHES * BATCH);
        }
    }

    @Test
    @DisplayName("an echo of a binary message in the buffer form allocates nothing")
    void binary() throws Exception {
        assertEquals(0, allocatedFor(WireFrame.encode(0x82, new byte[125], true)), 8);
    }

    @Test
    @DisplayName("an echo of a text message allocates the String and its array")
    void text() throws Exception {
        double string = 24;
        double array = 16 + 96;
        assertEquals(string + array, allocatedFor(WireFrame.frame(WireFrame.TEXT, "x".repeat(96))), 8);
    }

    /** What the loop's thread allocates for each message that is published, a turn included. */
    private static double allocatedForPublishing(int subscribers) throws Exception {
        Topic topic = new Topic();
        PreparedMessage message = PreparedMessage.binary(ByteBuffer.allocate(1024));
        AtomicLong allocated = new AtomicLong();
        List<RawClient> clients = new ArrayList<>();
        try (WebSocketServer server = WebSocketServer.builder()
                        .port(0)
                        .loops(1)
                        .discoverExtensions(false)
                        .onConnection("/subscriber", socket -> socket.subscribe(topic))
                        .onConnection(
                                "/publisher",
                                socket -> socket.messageListener(new MessageListener() {
                                    @Override
                                    public void onBinary(WebSocket publisher, ByteBuffer payload) {
                                        topic.publish(message);
                                        allocated.set(THREADS.getCurrentThreadAllocatedBytes());
                                    }
                                }))
                        .start();
                RawClient publisher = RawClient.dial(server.port())) {
            publisher.send(RawClient.handshake("/publisher")).expectHttp(101);
            for (int i = 0; i < subscribers; i++) {
                clients.add(RawClient.connect(server.port(), "/subscriber"));
                clients.get(i).expectHttp(101);
            }
            long before = 0;
            for (int i = 0; i <= 2 * BATCHES; i++) {
                if (i == BATCHES) {
                    before = allocated.get();
                }
                publisher.send(WireFrame.encode(0x82, new byte[1], true));
                for (RawClient client : clients) {
                    client.readFrame();
                }
            }
            return (allocated.get() - before) / (double) BATCHES;
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    @DisplayName("what is published allocates something for each message, and nothing for each subscriber")
    void publishing() throws Exception {
        int few = 4;
        int many = 36;
        assertEquals(allocatedForPublishing(few), allocatedForPublishing(many), (many - few) * 8);
    }
}

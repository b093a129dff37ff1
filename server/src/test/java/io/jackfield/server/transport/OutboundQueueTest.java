package io.jackfield.server.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.server.loop.LoopBuffers;
import io.jackfield.server.loop.LoopGroup;
import io.jackfield.server.statistics.Journal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The queue before a real socket with small buffers, so that most writes are short. */
class OutboundQueueTest {

    /** More than any test here has in use at once. */
    private static final int CHUNKS = 450;

    private final ByteArrayOutputStream expected = new ByteArrayOutputStream();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final Set<ByteBuffer> chunks = Collections.newSetFromMap(new IdentityHashMap<>());

    private LoopGroup loops;
    private LoopBuffers buffers;
    private SocketPair sockets;
    private PlainTransport transport;
    private OutboundQueue queue;

    @BeforeEach
    void open() throws IOException {
        loops = LoopGroup.start(1, "queue-test", new Journal());
        buffers = loops.next().buffers();
        for (int i = 0; i < CHUNKS; i++) {
            ByteBuffer chunk = ByteBuffer.allocateDirect(LoopBuffers.CHUNK_SIZE);
            chunks.add(chunk);
            buffers.releaseChunk(chunk);
        }
        sockets = new SocketPair();
        sockets.peer.configureBlocking(false);
        transport = new PlainTransport(sockets.server);
        queue = new OutboundQueue(buffers);
    }

    @AfterEach
    void close() {
        sockets.close();
        loops.stop();
    }

    /** The pool has the chunks that it had in the beginning, each once. */
    private void assertAllChunksAreBack() {
        Set<ByteBuffer> back = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < CHUNKS; i++) {
            back.add(buffers.takeChunk());
        }
        back.forEach(buffers::releaseChunk);
        assertEquals(chunks, back);
    }

    private byte[] bytes(int length, Random random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        expected.writeBytes(bytes);
        return bytes;
    }

    private void peerReads(int atMost) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(atMost);
        int length = sockets.peer.read(target);
        if (length > 0) {
            received.write(target.array(), 0, length);
        }
    }

    private void drain() throws IOException {
        while (!queue.flush(transport)) {
            assertFalse(queue.isEmpty());
            peerReads(1 << 16);
        }
        sockets.peer.configureBlocking(true);
        while (received.size() < expected.size()) {
            peerReads(1 << 16);
        }
    }

    private void claim(byte[] bytes) {
        queue.claim(bytes.length).put(bytes);
        queue.commit();
    }

    @Test
    void anEmptyQueueHoldsNothing() throws IOException {
        assertTrue(queue.isEmpty());
        assertTrue(queue.flush(transport));
        queue.clear();
        assertEquals(0, queue.size());
        assertAllChunksAreBack();
    }

    @Test
    void smallMessagesShareAChunkAndLeaveTogether() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            claim(bytes(100, random));
        }
        assertEquals(10_000, queue.size());
        assertTrue(queue.flush(transport));
        assertEquals(0, queue.size());
        assertAllChunksAreBack();
        drain();
        assertArrayEquals(expected.toByteArray(), received.toByteArray());
    }

    @Test
    void aLargeMessageIsNotCopiedAsFarAsTheSocketTakesIt() throws IOException {
        Random random = new Random(2);
        claim(bytes(10, random));
        ByteBuffer message = ByteBuffer.wrap(bytes(1000, random));
        queue.writeThrough(message, transport);
        assertFalse(message.hasRemaining());
        assertTrue(queue.isEmpty());
        assertAllChunksAreBack();
        drain();
        assertArrayEquals(expected.toByteArray(), received.toByteArray());
    }

    @Test
    void sharedBytesKeepTheirPlaceAndAreNotChanged() throws IOException {
        Random random = new Random(4);
        for (int round = 0; round < 200; round++) {
            for (int i = random.nextInt(6); i > 0; i--) {
                byte[] shared = bytes(1 + random.nextInt(random.nextInt(10) == 0 ? 40_000 : 1_500), random);
                queue.share(ByteBuffer.wrap(shared).asReadOnlyBuffer());
                if (random.nextBoolean()) {
                    claim(bytes(1 + random.nextInt(300), random));
                }
            }
            queue.flush(transport);
            peerReads(random.nextInt(20_000));
        }
        drain();
        assertArrayEquals(expected.toByteArray(), received.toByteArray());
        assertAllChunksAreBack();
    }

    @Test
    void whatTheSocketDoesNotTakeWaitsInOrder() throws IOException {
        Random random = new Random(3);
        claim(bytes(10, random));
        ByteBuffer message =
                ByteBuffer.allocateDirect(3 << 20).put(bytes(3 << 20, random)).flip();
        queue.writeThrough(message, transport);
        assertFalse(message.hasRemaining());
        assertTrue(queue.size() > 0);
        claim(bytes(14, random));
        queue.writeThrough(ByteBuffer.wrap(bytes(70_000, random)), transport);
        drain();
        assertArrayEquals(expected.toByteArray(), received.toByteArray());
        assertEquals(0, queue.size());
        assertAllChunksAreBack();
    }

    @Test
    @DisplayName("R-93: what is left of a chunk is held without the chunk")
    void aSmallRestHoldsNoChunk() throws IOException {
        Random random = new Random(4);
        ByteBuffer filler = ByteBuffer.wrap(bytes(4 << 20, random));
        while (transportTakes(filler)) {
            // Fills the socket.
        }
        expected.reset();
        int taken = filler.position();
        expected.write(filler.array(), 0, taken);
        claim(bytes(500, random));
        assertFalse(queue.flush(transport));
        assertEquals(500, queue.size());
        assertAllChunksAreBack();
        drain();
        assertArrayEquals(expected.toByteArray(), received.toByteArray());
    }

    private boolean transportTakes(ByteBuffer bytes) throws IOException {
        int before = bytes.position();
        transport.write(bytes);
        return bytes.position() > before;
    }

    @Test
    void clearingGivesEverythingBack() throws IOException {
        Random random = new Random(5);
        queue.writeThrough(ByteBuffer.wrap(bytes(6 << 20, random)), transport);
        claim(bytes(100, random));
        assertFalse(queue.isEmpty());
        queue.clear();
        assertTrue(queue.isEmpty());
        assertTrue(queue.flush(transport));
        assertAllChunksAreBack();
    }

    @Test
    void aFailureIsReportedAndWhatWaitsCanBeGivenBack() throws IOException {
        claim(bytes(100, new Random(6)));
        sockets.server.close();
        assertThrows(IOException.class, () -> queue.flush(transport));
        ByteBuffer message = ByteBuffer.allocate(100_000);
        assertThrows(IOException.class, () -> queue.writeThrough(message, transport));
        claim(new byte[50]);
        queue.clear();
        assertEquals(0, queue.size());
        assertAllChunksAreBack();
    }

    @RepeatedTest(8)
    @DisplayName("R-62: in any order of calls every byte leaves once and in order")
    void randomCallsLoseNothing() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int step = 0; step < 300 && queue.size() < 6 << 20; step++) {
            long before = queue.size();
            int sent = expected.size();
            switch (random.nextInt(6)) {
                case 0, 1 -> claim(bytes(1 + random.nextInt(random.nextInt(LoopBuffers.CHUNK_SIZE) + 1), random));
                case 2 -> {
                    byte[] appended = bytes(random.nextInt(60_000), random);
                    queue.append(ByteBuffer.wrap(appended));
                }
                case 3 -> {
                    byte[] written = bytes(random.nextInt(200_000), random);
                    ByteBuffer message = random.nextBoolean()
                            ? ByteBuffer.wrap(written)
                            : ByteBuffer.allocateDirect(written.length)
                                    .put(written)
                                    .flip();
                    queue.writeThrough(message, transport);
                    assertFalse(message.hasRemaining());
                    assertTrue(queue.size() <= before + written.length);
                    continue;
                }
                case 4 -> {
                    assertEquals(queue.flush(transport), queue.isEmpty());
                    continue;
                }
                default -> peerReads(1 + random.nextInt(100_000));
            }
            assertEquals(before + expected.size() - sent, queue.size(), "seed " + seed);
        }
        drain();
        assertArrayEquals(expected.toByteArray(), received.toByteArray(), "seed " + seed);
        assertAllChunksAreBack();
    }
}

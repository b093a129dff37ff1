package io.jackfield.server.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopBuffersTest {

    private final LoopBuffers buffers = new LoopBuffers();

    @Test
    void aReleasedChunkIsTakenAgainEmpty() {
        ByteBuffer first = buffers.takeChunk();
        ByteBuffer second = buffers.takeChunk();
        assertNotSame(first, second);
        assertTrue(first.isDirect());
        first.putInt(5).flip();
        buffers.releaseChunk(first);
        assertSame(first, buffers.takeChunk());
        assertEquals(0, first.position());
        assertEquals(LoopBuffers.CHUNK_SIZE, first.remaining());
    }

    @Test
    void manyChunksInUseAreNoticed() {
        List<ByteBuffer> inUse = new ArrayList<>();
        while (!buffers.areManyChunksInUse()) {
            inUse.add(buffers.takeChunk());
        }
        assertEquals(16 << 20, inUse.size() * LoopBuffers.CHUNK_SIZE);
        buffers.releaseChunk(inUse.get(0));
        assertFalse(buffers.areManyChunksInUse());
    }

    @Test
    void sharedBuffersComeClearedEveryTime() {
        for (ByteBuffer buffer : new ByteBuffer[] {buffers.read(100), buffers.tlsInput(), buffers.tlsOutput()}) {
            buffer.putLong(1).flip();
        }
        assertEquals(100, buffers.read(100).remaining());
        assertEquals(
                LoopBuffers.LARGE_READ_SIZE,
                buffers.read(LoopBuffers.LARGE_READ_SIZE).remaining());
        assertEquals(LoopBuffers.READ_SIZE, buffers.tlsInput().remaining());
        assertEquals(LoopBuffers.READ_SIZE, buffers.tlsOutput().remaining());
        assertSame(buffers.read(1), buffers.read(2));
        assertNotSame(buffers.tlsInput(), buffers.tlsOutput());
    }
}

package io.jackfield.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** memory belongs to an owner thread, and is bounded. */
class DriverMemoryTest {

    @Test
    @DisplayName("a buffer that was given back is used again, cleared")
    void buffersAreUsedAgain() {
        DriverMemory memory = new DriverMemory();
        ByteBuffer buffer = memory.acquire(300);
        assertEquals(512, buffer.capacity());
        buffer.position(5).limit(7).order(ByteOrder.LITTLE_ENDIAN);
        memory.release(buffer);
        ByteBuffer again = memory.acquire(512);
        assertSame(buffer, again);
        assertEquals(0, again.position());
        assertEquals(512, again.limit());
        assertEquals(ByteOrder.BIG_ENDIAN, again.order());
        assertNotSame(again, memory.acquire(512));
        assertEquals(0, memory.keptBytes());
    }

    @Test
    @DisplayName("R-93: no more is kept than allowed, and nothing very large")
    void keptMemoryIsBounded() {
        DriverMemory memory = new DriverMemory(1024);
        ByteBuffer[] buffers = {memory.acquire(512), memory.acquire(512), memory.acquire(256), memory.acquire(1024)};
        for (ByteBuffer buffer : buffers) {
            memory.release(buffer);
        }
        assertEquals(1024, memory.keptBytes());
        DriverMemory large = new DriverMemory(1 << 30);
        large.release(large.acquire((1 << 20) + 1));
        assertEquals(0, large.keptBytes());
        large.release(large.acquire(1 << 20));
        assertEquals(1 << 20, large.keptBytes());
        assertThrows(IllegalArgumentException.class, () -> new DriverMemory(-1));
    }
}

package io.jackfield.ext.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutputBufferTest {

    @Test
    @DisplayName("R-88, A-38 the array grows geometrically and never beyond the limit")
    void growsToTheLimit() {
        OutputBuffer output = new OutputBuffer();
        int limit = 1_000_000;
        output.begin(limit);
        int growths = 0;
        while (!output.isAtLimit()) {
            output.grow();
            growths++;
            assertTrue(output.bytes().length <= limit);
            output.advance(output.room());
        }
        assertEquals(limit, output.count());
        assertEquals(9, growths);
    }

    @Test
    void aSmallLimitBindsThoughTheArrayIsLarger() {
        OutputBuffer output = new OutputBuffer();
        output.begin(10);
        output.grow();
        assertEquals(10, output.room());
        output.advance(10);
        assertEquals(0, output.room());
        assertTrue(output.isAtLimit());
    }

    @Test
    void whatIsTakenIsTheCallersAlone() {
        OutputBuffer output = new OutputBuffer();
        output.begin(1000);
        output.grow();
        output.bytes()[0] = 1;
        output.advance(1);
        ByteBuffer first = output.take(1);
        output.release();
        output.begin(1000);
        output.bytes()[0] = 2;
        output.advance(1);
        ByteBuffer second = output.take(1);
        assertEquals(1, first.get(0));
        assertEquals(2, second.get(0));
        assertEquals(1, first.array().length);
    }

    @Test
    @DisplayName("A-31 what a large message needed is not kept")
    void largeArraysGoAway() {
        OutputBuffer output = new OutputBuffer();
        output.begin(10_000_000);
        while (output.bytes().length < 5_000_000) {
            output.grow();
        }
        assertFalse(output.memory() <= 64 * 1024);
        output.release();
        assertTrue(output.memory() <= 64 * 1024);
    }
}

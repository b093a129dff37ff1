package io.jackfield.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.jackfield.api.extension.ExtensionMessage;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What the hot paths allocate: nothing but what the listener gets. Counted over many messages, since the first ones also
 * load classes.
 */
class AllocationTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final int WARM_UP = 2_000;
    private static final int MESSAGES = 10_000;

    /** Less than one small object in a hundred messages: the noise of the virtual machine. */
    private static final long NOISE = MESSAGES / 100 * 16;

    /** Room that is used again and again, as an event loop's batch. */
    private static final class BatchOutput implements FrameOutput {

        private final ByteBuffer batch = ByteBuffer.allocateDirect(1 << 16);
        private long bytes;

        @Override
        public ByteBuffer claim(int length) {
            return batch.clear();
        }

        @Override
        public void commit() {
            bytes += batch.position();
        }

        @Override
        public void write(ByteBuffer payload) {
            bytes += payload.remaining();
            payload.position(payload.limit());
        }

        @Override
        public void endOfMessage() {}

        @Override
        public boolean isCongested() {
            return false;
        }
    }

    /** Sends back what it gets. */
    private static final class Echo implements DriverListener {

        private Driver driver;
        private int messages;

        @Override
        public void onText(String text) {
            messages++;
            driver.sendText(text);
        }

        @Override
        public void onBinary(ByteBuffer payload) {
            messages++;
            driver.send(ExtensionMessage.Type.BINARY, payload);
        }

        @Override
        public void onPing(ByteBuffer payload) {
            messages++;
        }

        @Override
        public void onPong(ByteBuffer payload) {}

        @Override
        public void onClosing() {}

        @Override
        public void onError(String message) {}

        @Override
        public void onFinished(CloseStatus status) {}
    }

    private final BatchOutput output = new BatchOutput();
    private final Echo echo = new Echo();
    private final Driver driver =
            new Driver(DriverProbe.SERVER, List.of(), Runnable::run, new DriverMemory(), output, echo);

    AllocationTest() {
        echo.driver = driver;
    }

    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** What is allocated while frames come in again and again, in reads of a given size. */
    private long allocatedBy(byte[] bytes, int readSize) {
        ByteBuffer in = ByteBuffer.allocateDirect(bytes.length);
        feed(in, bytes, readSize, WARM_UP);
        long before = allocated();
        feed(in, bytes, readSize, MESSAGES);
        long used = allocated() - before;
        assertEquals(WARM_UP + MESSAGES, echo.messages);
        assertTrue(output.bytes > 0);
        return used;
    }

    private void feed(ByteBuffer in, byte[] bytes, int readSize, int times) {
        for (int i = 0; i < times; i++) {
            in.clear().put(bytes);
            for (int from = 0; from < bytes.length; from += readSize) {
                driver.receive(in.limit(Math.min(from + readSize, bytes.length)).position(from));
            }
        }
    }

    private static void assertAllocatesAtMost(long expected, long actual) {
        assertTrue(actual <= expected + NOISE, "allocated " + actual + " bytes, at most " + expected + " expected");
    }

    @Test
    @DisplayName("an echo of a small binary message allocates nothing")
    void smallBinary() {
        byte[] frame = TestFrame.frame(2).payload(new byte[100]).bytes();
        assertAllocatesAtMost(0, allocatedBy(frame, frame.length));
    }

    @Test
    @DisplayName("an echo of a large binary message allocates nothing")
    void largeBinary() {
        byte[] frame = TestFrame.frame(2).payload(new byte[5_000]).bytes();
        assertAllocatesAtMost(0, allocatedBy(frame, frame.length));
    }

    @Test
    @DisplayName("A-17: an echo of a binary message that arrives in parts and fragments allocates nothing")
    void binaryInParts() {
        byte[] frames = Bytes.concat(
                TestFrame.frame(2).payload(new byte[1000]).notFinal().bytes(),
                TestFrame.frame(0).payload(new byte[500]).bytes());
        assertAllocatesAtMost(0, allocatedBy(frames, 100));
    }

    @Test
    @DisplayName("an echo of ASCII text allocates the String and its array")
    void asciiText() {
        byte[] frame = TestFrame.text("x".repeat(96)).bytes();
        long string = 24;
        long array = 16 + 96;
        assertAllocatesAtMost(MESSAGES * (string + array), allocatedBy(frame, frame.length));
    }

    @Test
    @DisplayName("A-26: a ping and its answer allocate nothing")
    void pings() {
        byte[] frame = TestFrame.ping("00".repeat(125)).bytes();
        assertAllocatesAtMost(0, allocatedBy(frame, frame.length));
    }

    @Test
    @DisplayName("sending text that is not ASCII allocates nothing")
    void sendingText() {
        String text = "äöü€😀".repeat(100);
        for (int i = 0; i < WARM_UP; i++) {
            driver.sendText(text);
        }
        long before = allocated();
        for (int i = 0; i < MESSAGES; i++) {
            driver.sendText(text);
        }
        assertAllocatesAtMost(0, allocated() - before);
    }

    @Test
    @DisplayName("R-93: an idle driver holds little memory")
    void idleDriver() {
        int drivers = 1000;
        DriverMemory memory = new DriverMemory();
        Driver[] all = new Driver[drivers];
        for (int round = 0; round < 20; round++) {
            long before = allocated();
            for (int i = 0; i < drivers; i++) {
                all[i] = new Driver(DriverProbe.SERVER, List.of(), Runnable::run, memory, output, echo);
            }
            long each = (allocated() - before) / drivers;
            if (round == 19) {
                assertTrue(each <= 224, "a driver takes " + each + " bytes");
            }
        }
        assertEquals(Driver.State.OPEN, all[0].state());
    }

    @Test
    @DisplayName("R-61 A-17: the buffer of a fragmented message is doubled, not fitted to each fragment")
    void fragmentsCostConstantTimeEach() {
        DriverConfig config = new DriverConfig(Role.SERVER, 1 << 26, 1 << 20, true, () -> 0);
        Driver receiver = new Driver(config, List.of(), Runnable::run, new DriverMemory(0), output, echo);
        ByteBuffer in = ByteBuffer.allocate(2000);
        byte[] first = TestFrame.frame(2).notFinal().bytes();
        byte[] next = TestFrame.frame(0).notFinal().payload(new byte[1000]).bytes();
        receiver.receive(in.clear().put(first).flip());
        long before = allocated();
        for (int i = 0; i < 20_000; i++) {
            receiver.receive(in.clear().put(next).flip());
        }
        long used = allocated() - before;
        assertTrue(used < 100_000_000, used + " bytes for a message of 20 MB");
    }
}

package io.jackfield.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** A driver with everything around it, and assertions. What a test does not expect must not happen: see {@link #end}. */
final class DriverProbe {

    static final DriverConfig SERVER = new DriverConfig(Role.SERVER, 1 << 20, 1000, true, () -> 0);
    static final DriverConfig CLIENT = new DriverConfig(Role.CLIENT, 1 << 20, 1000, true, () -> TestFrame.KEY);

    final RecordingOutput output = new RecordingOutput();
    final DriverMemory memory = new DriverMemory();

    /** The tasks that were handed to the owner's thread. */
    final Queue<Runnable> tasks = new ArrayDeque<>();

    final RecordingListener listener;
    final Driver driver;

    DriverProbe(DriverConfig config, List<ActiveExtension> extensions, RecordingListener listener) {
        this.listener = listener;
        this.driver = new Driver(config, extensions, tasks::add, memory, output, listener);
    }

    static DriverProbe server() {
        return new DriverProbe(SERVER, List.of(), new RecordingListener());
    }

    static DriverProbe server(ActiveExtension... extensions) {
        return new DriverProbe(SERVER, List.of(extensions), new RecordingListener());
    }

    static DriverProbe server(RecordingListener listener) {
        return new DriverProbe(SERVER, List.of(), listener);
    }

    static DriverProbe server(long maxMessageLength, int maxFragments) {
        return new DriverProbe(
                new DriverConfig(Role.SERVER, maxMessageLength, maxFragments, true, () -> 0),
                List.of(),
                new RecordingListener());
    }

    static DriverProbe client() {
        return new DriverProbe(CLIENT, List.of(), new RecordingListener());
    }

    /** The peer sends bytes, which arrive in one piece. */
    DriverProbe receive(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes.clone());
        driver.receive(in);
        assertFalse(in.hasRemaining(), "all input must be taken");
        return this;
    }

    DriverProbe receive(String hex) {
        return receive(Bytes.hex(hex));
    }

    DriverProbe receive(TestFrame... frames) {
        for (TestFrame frame : frames) {
            receive(frame.bytes());
        }
        return this;
    }

    /** Runs what was handed to the owner's thread. */
    DriverProbe runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
        return this;
    }

    /** These events came next. */
    DriverProbe expect(String... events) {
        for (String event : events) {
            assertEquals(event, listener.events.poll());
        }
        return this;
    }

    /** These bytes, and no others, were sent since the last look. */
    DriverProbe expectSent(String hex) {
        assertEquals(hex.replace(" ", ""), Bytes.hex(output.take()));
        return this;
    }

    /** The connection failed: close frame, error, end. */
    void expectFailure(int code, String message) {
        expectSent(Bytes.hex(TestFrame.close(String.format("%04x", code) + Bytes.hex(Bytes.utf8(message)))
                .unmasked()
                .bytes()));
        expect("closing", "error " + message, "finished " + code + " \"" + message + "\" unclean LOCAL sent " + code);
        end();
    }

    /** Nothing else happened, and no memory is held. */
    void end() {
        assertEquals(null, listener.events.poll(), "unexpected event");
        assertEquals("", Bytes.hex(output.take()), "unexpected output");
        assertEquals(0, tasks.size(), "unexpected task");
    }
}

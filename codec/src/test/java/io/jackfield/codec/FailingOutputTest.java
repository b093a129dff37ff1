package io.jackfield.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.api.extension.ExtensionMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An output that finds the transport broken while the driver writes, and aborts the driver from there. */
class FailingOutputTest {

    private static final class BreakingOutput implements FrameOutput {

        private final ByteBuffer room = ByteBuffer.allocate(MAX_CLAIM);
        private Driver driver;

        @Override
        public ByteBuffer claim(int length) {
            return room.clear();
        }

        @Override
        public void commit() {
            driver.abort("reset");
        }

        @Override
        public void write(ByteBuffer bytes) {
            bytes.position(bytes.limit());
            driver.abort("reset");
        }

        @Override
        public void endOfMessage() {}

        @Override
        public boolean isCongested() {
            return false;
        }
    }

    private static final List<Consumer<Driver>> WRITES = List.of(
            driver -> driver.sendText("x".repeat(10_000)),
            driver -> driver.send(ExtensionMessage.Type.BINARY, ByteBuffer.allocate(10_000)),
            driver -> driver.ping(ByteBuffer.allocate(1)),
            driver -> driver.close(1000, ""),
            driver -> driver.fail(1011, "broken"),
            driver -> driver.receive(ByteBuffer.wrap(Bytes.concat(
                    TestFrame.ping("01").bytes(), TestFrame.text("ignored").bytes()))),
            driver -> driver.receive(ByteBuffer.wrap(TestFrame.close("03e8").bytes())),
            driver -> driver.receive(ByteBuffer.wrap(TestFrame.frame(3).bytes())));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("S-71 S-129 R-75 S-191: it finishes once, whatever was being written")
    void finishesOnce(boolean withExtension) {
        for (int i = 0; i < WRITES.size(); i++) {
            RecordingListener listener = new RecordingListener();
            BreakingOutput output = new BreakingOutput();
            TestExtensions.Appending session = new TestExtensions.Appending("");
            List<ActiveExtension> extensions = withExtension ? List.of(TestExtensions.plain("x", session)) : List.of();
            output.driver =
                    new Driver(DriverProbe.SERVER, extensions, Runnable::run, new DriverMemory(), output, listener);
            WRITES.get(i).accept(output.driver);
            assertEquals(Driver.State.CLOSED, output.driver.state());
            assertEquals(
                    1,
                    listener.events.stream()
                            .filter(event -> event.startsWith("finished"))
                            .count());
            assertEquals(
                    0,
                    listener.events.stream()
                            .filter(event -> event.startsWith("text"))
                            .count());
            assertEquals(withExtension ? 1 : 0, session.closed, "write " + i);
        }
    }
}

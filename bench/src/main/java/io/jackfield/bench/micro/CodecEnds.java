package io.jackfield.bench.micro;

import io.jackfield.codec.CloseStatus;
import io.jackfield.codec.Driver;
import io.jackfield.codec.DriverConfig;
import io.jackfield.codec.DriverListener;
import io.jackfield.codec.DriverMemory;
import io.jackfield.codec.FrameOutput;
import io.jackfield.codec.Role;
import java.nio.ByteBuffer;
import java.util.List;

/** Both ends of our codec: keeps what came last, and takes what goes out into one buffer. */
final class CodecEnds implements FrameOutput, DriverListener {

    private final ByteBuffer output = ByteBuffer.allocateDirect(2 << 20);
    private Object last;

    Driver driver() {
        return new Driver(
                new DriverConfig(Role.SERVER, 1 << 26, 1 << 17, true),
                List.of(),
                Runnable::run,
                new DriverMemory(),
                this,
                this);
    }

    Object last() {
        return last;
    }

    /** What went out since the last call. */
    ByteBuffer sent() {
        ByteBuffer sent = output;
        sent.position(0);
        return sent;
    }

    @Override
    public ByteBuffer claim(int length) {
        return output;
    }

    @Override
    public void commit() {}

    @Override
    public void write(ByteBuffer bytes) {
        output.put(bytes);
    }

    @Override
    public void endOfMessage() {}

    @Override
    public boolean isCongested() {
        return false;
    }

    @Override
    public void onText(String text) {
        last = text;
    }

    @Override
    public void onBinary(ByteBuffer payload) {
        last = payload;
    }

    @Override
    public void onPing(ByteBuffer payload) {
        throw new IllegalStateException("No pings here");
    }

    @Override
    public void onPong(ByteBuffer payload) {
        throw new IllegalStateException("No pongs here");
    }

    @Override
    public void onClosing() {
        throw new IllegalStateException("Nothing closes here");
    }

    @Override
    public void onError(String message) {
        throw new IllegalStateException(message);
    }

    @Override
    public void onFinished(CloseStatus status) {
        throw new IllegalStateException("Finished: " + status);
    }
}

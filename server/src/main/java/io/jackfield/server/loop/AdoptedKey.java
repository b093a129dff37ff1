package io.jackfield.server.loop;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * The key of a connection that no selector knows, since somebody else has its socket and tells when it is ready. Any
 * thread may make it and ask whether it is valid; all else is for the loop's thread.
 */
public final class AdoptedKey extends SelectionKey {

    private final EventLoop loop;

    private volatile boolean valid = true;

    private int interest;

    /**
     * @param loop what the connection belongs to for life
     */
    public AdoptedKey(EventLoop loop) {
        this.loop = loop;
    }

    /** The loop that it belongs to. */
    public EventLoop loop() {
        return loop;
    }

    /**
     * The connection has become ready: what is attached is called, if that is what it waits for.
     *
     * @param ops the operations that are ready
     */
    public void ready(int ops) {
        int wanted = ops & interest;
        if (valid && wanted != 0 && attachment() instanceof Selectable selectable) {
            loop.call(selectable, wanted);
        }
    }

    @Override
    public boolean isValid() {
        return valid;
    }

    @Override
    public void cancel() {
        valid = false;
        loop.release(this);
    }

    @Override
    public int interestOps() {
        return interest;
    }

    @Override
    public SelectionKey interestOps(int ops) {
        interest = ops;
        return this;
    }

    /** Nothing is kept: who is not interested at the signal asks the connection itself when it is again. */
    @Override
    public int readyOps() {
        return 0;
    }

    /** There is none. */
    @Override
    public SelectableChannel channel() {
        throw new UnsupportedOperationException("The socket is somebody else's");
    }

    /** There is none. */
    @Override
    public Selector selector() {
        throw new UnsupportedOperationException("The socket is somebody else's");
    }
}

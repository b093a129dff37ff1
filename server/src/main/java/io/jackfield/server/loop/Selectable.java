package io.jackfield.server.loop;

/** Attached to a selection key: what its loop calls when the channel is ready. */
public interface Selectable {

    /**
     * The channel is ready for something that it was registered for. Called on the loop's thread.
     *
     * @param readyOps the operations of {@link java.nio.channels.SelectionKey} that are ready
     */
    void onReady(int readyOps);

    /**
     * {@link #onReady} threw, which is a defect or a lack of memory: give up this channel, and no other.
     *
     * @param thrown what was thrown
     */
    void onFailure(Throwable thrown);
}

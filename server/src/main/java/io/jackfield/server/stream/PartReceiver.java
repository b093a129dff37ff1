package io.jackfield.server.stream;

import io.jackfield.api.Event;
import java.nio.ByteBuffer;

/** Takes the messages of a connection in parts. Called on the connection's loop. */
public interface PartReceiver {

    /** Whether it takes another part now. When that changes it says so: {@link StreamConnection#demandChanged}. */
    boolean isReady();

    /**
     * The next part. Called only if it is ready.
     *
     * @param isText whether the message is text; its parts are UTF-8 together
     * @param payload the bytes from position to limit, valid until this returns
     * @param isLast whether the message ends with it
     */
    void onPart(boolean isText, ByteBuffer payload, boolean isLast);

    /** The connection has closed: nothing comes behind this. */
    void onEnd(Event.Close close);
}

package io.jackfield.api.stream;

import io.jackfield.api.ReadyState;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The life of a connection in the hands of a {@link BlockingHandler}. */
final class Conversation {

    private Conversation() {}

    static void hold(BlockingWebSocket socket, BlockingHandler handler) throws Exception {
        try {
            handler.converse(socket);
            socket.close();
        } catch (IOException | UncheckedIOException e) {
            if (isOpen(socket)) {
                socket.fail("internal error");
                throw e;
            }
            // That the peer is gone is no news: the close event tells of it.
        } catch (Throwable e) {
            socket.fail("internal error");
            throw e;
        }
    }

    private static boolean isOpen(BlockingWebSocket socket) {
        return socket.socket().readyState() == ReadyState.OPEN;
    }
}

package io.jackfield.documentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.extension.DeferredSession;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionMessage.Type;
import io.jackfield.api.extension.ImmediateSession;
import io.jackfield.api.extension.SharedMessage;
import io.jackfield.server.WebSocketServer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classes in docs/extensions.md that are in no example do what the page says; for the others see ExtensionGuideTest. */
class ExtensionPageTest {

    private static final ExtensionMessage MESSAGE =
            new ExtensionMessage(Type.BINARY, false, false, false, ByteBuffer.wrap(new byte[] {1, 2, 3}));

    @TempDir
    private Path folder;

    @Test
    void anExtensionThatIsGivenInTheOptionsIsNegotiated() throws Exception {
        Extension invert = (Extension) Snippet.named("Invert", Repository.file("README.md"))
                .compileAndLoad(folder)
                .getConstructor()
                .newInstance();
        Class<?> program = page("GivenInTheOptions").withOwnServer(0).compileAndLoad(folder);
        try (WebSocketServer server =
                (WebSocketServer) program.getMethod("start", Extension.class).invoke(null, invert)) {
            // A close frame behind the handshake, 1000, so that the server ends the connection.
            String answer = Http.answer(
                    server.port(),
                    "GET /echo HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                            + "Sec-WebSocket-Extensions: x-invert\r\n\r\n",
                    new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x03, (byte) 0xe8});
            assertTrue(answer.startsWith("HTTP/1.1 101 "), answer);
            assertTrue(answer.contains("\r\nSec-WebSocket-Extensions: x-invert\r\n"), answer);
        }
    }

    @Test
    void theDeferredSessionReversesWhenItsExecutorGetsToIt() throws Exception {
        Queue<Runnable> tasks = new ArrayDeque<>();
        DeferredSession session = (DeferredSession) page("ReversingSession")
                .compileAndLoad(folder)
                .getConstructor(Executor.class)
                .newInstance((Executor) tasks::add);
        CompletableFuture<ExtensionMessage> incoming = session.incoming(MESSAGE).toCompletableFuture();
        CompletableFuture<ExtensionMessage> outgoing = session.outgoing(MESSAGE).toCompletableFuture();
        assertFalse(incoming.isDone() || outgoing.isDone());
        tasks.forEach(Runnable::run);
        assertArrayEquals(new byte[] {3, 2, 1}, bytes(incoming.join().payload()));
        assertArrayEquals(new byte[] {3, 2, 1}, bytes(outgoing.join().payload()));
    }

    @Test
    void aMessageForManyIsShiftedOnceForEachShift() throws Exception {
        Class<?> shifted = page("Shifted").compileAndLoad(folder);
        ImmediateSession one =
                (ImmediateSession) shifted.getConstructor(int.class).newInstance(1);
        ImmediateSession another =
                (ImmediateSession) shifted.getConstructor(int.class).newInstance(1);
        ImmediateSession farther =
                (ImmediateSession) shifted.getConstructor(int.class).newInstance(5);
        assertArrayEquals(new byte[] {2, 3, 4}, bytes(one.outgoing(MESSAGE).payload()));

        SharedMessage shared = SharedMessage.of(MESSAGE);
        SharedMessage made = one.outgoingShared(shared);
        assertTrue(made.rsv2());
        assertArrayEquals(new byte[] {2, 3, 4}, bytes(made.payload()));
        assertSame(made, another.outgoingShared(shared));
        assertNotSame(made, farther.outgoingShared(shared));
        assertArrayEquals(
                new byte[] {6, 7, 8}, bytes(farther.outgoingShared(shared).payload()));
        assertEquals(3, MESSAGE.payload().remaining(), "the message itself is as it was");
    }

    private static Snippet page(String name) throws Exception {
        return Snippet.named(name, Repository.file("docs/extensions.md"));
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return bytes;
    }
}

package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.jackfield.api.Event;
import io.jackfield.api.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The events of one connection as lines, to be asked for one after the other. */
final class EventLog {

    private static final int PATIENCE_SECONDS = 15;

    private final WebSocket socket;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private volatile boolean withoutDrains;

    private EventLog(WebSocket socket) {
        this.socket = socket;
    }

    /** Listens to all events of a connection. */
    static EventLog of(WebSocket socket) {
        EventLog log = new EventLog(socket);
        socket.on(Event.class, event -> log.add(describe(event)));
        return log;
    }

    WebSocket socket() {
        return socket;
    }

    /** Leaves out drain events from now on, where the network decides whether there are any. */
    EventLog withoutDrains() {
        withoutDrains = true;
        return this;
    }

    private void add(String line) {
        if (withoutDrains && line.equals("drain")) {
            return;
        }
        lines.add(line);
    }

    /** Waits for the next line. */
    String next() throws InterruptedException {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(line, "Nothing happened");
        return line;
    }

    EventLog expect(String... expected) throws InterruptedException {
        for (String line : expected) {
            assertEquals(line, next());
        }
        return this;
    }

    /** The rest must be this close event alone. */
    void expectClosed(String close) throws InterruptedException {
        expect(close);
        expectNothing();
    }

    /** Waits for the close event, whatever comes in front of it. */
    void awaitClose() throws InterruptedException {
        String line = next();
        while (!line.startsWith("close")) {
            line = next();
        }
    }

    /** All that is left. */
    List<String> drain() {
        List<String> rest = new ArrayList<>();
        lines.drainTo(rest);
        return rest;
    }

    /** Nothing more was delivered so far. */
    void expectNothing() {
        assertEquals("[]", lines.toString());
    }

    private static String describe(Event event) {
        if (event instanceof Event.Text text) {
            return "text " + text.data();
        } else if (event instanceof Event.Binary binary) {
            return "binary " + hex(binary.data());
        } else if (event instanceof Event.Ping ping) {
            return "ping " + hex(ping.data());
        } else if (event instanceof Event.Pong pong) {
            return "pong " + hex(pong.data());
        } else if (event instanceof Event.Error error) {
            return "error " + error.message();
        } else if (event instanceof Event.Close close) {
            return describe(close);
        }
        return event.type();
    }

    /** {@code close <code>:<reason> <clean or not> <initiator> sent <code or nothing>}. */
    private static String describe(Event.Close close) {
        String sent =
                close.sentCode().isPresent() ? Integer.toString(close.sentCode().getAsInt()) : "nothing";
        return "close " + close.code() + ":" + close.reason() + (close.wasClean() ? " clean " : " unclean ")
                + close.initiator() + " sent " + sent;
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }
}

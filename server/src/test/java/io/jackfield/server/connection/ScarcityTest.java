package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jackfield.server.TestTls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that really runs out of something, in a process of its own. */
@Tag(TestTls.PLAIN) // the server is another process, which speaks no TLS
class ScarcityTest {

    private static final int MIB = 1 << 20;

    private static void requireBash() {
        boolean there = Files.isExecutable(Path.of("/bin/bash"));
        assertTrue(there || !Boolean.getBoolean("jackfield.requireAll"), "there is no bash");
        assumeTrue(there, "there is no bash");
    }

    private static void expectEcho(RawClient client, String text) throws IOException {
        client.sendText(text).expectText(text);
    }

    private static RawClient open(CrampedServer server) throws IOException {
        RawClient client = RawClient.connect(server.port(), "/");
        client.expectHttp(101);
        return client;
    }

    @Test
    @DisplayName(
            "R-95 A-10: one message for which the heap is too small fails its connection with 1011, and nothing else")
    void outOfHeapByOneMessage() throws Exception {
        requireBash();
        try (CrampedServer server = CrampedServer.start("true", "-Xmx48m");
                RawClient innocent = open(server)) {
            expectEcho(innocent, "before");
            for (int round = 0; round < 3; round++) {
                try (RawClient greedy = open(server)) {
                    greedy.send(new byte[] {(byte) 0x82, (byte) 0xff}, announce(1L << 30));
                    byte[] part = new byte[MIB];
                    int sent = 0;
                    while (!greedy.hasInput()) {
                        assertTrue(sent < 1024, "A gigabyte was taken in 48 MiB");
                        greedy.send(part);
                        sent++;
                    }
                    greedy.expectClose("1011:Out of memory");
                    greedy.drain();
                }
                expectEcho(innocent, "round " + round);
            }
            try (RawClient next = open(server)) {
                expectEcho(next, "behind");
            }
            assertTrue(server.isAlive());
        }
    }

    /** An extended length, and a masking key of 0. */
    private static byte[] announce(long length) {
        return ByteBuffer.allocate(12).putLong(length).array();
    }

    @Test
    @DisplayName("R-95: out of file descriptors accepting pauses without spinning, others are served, and it recovers")
    void outOfFileDescriptors() throws Exception {
        requireBash();
        List<RawClient> clients = new ArrayList<>();
        try (CrampedServer server = CrampedServer.start("ulimit -n 100")) {
            RawClient first = open(server);
            clients.add(first);
            loadClasses(server, first);
            for (int i = 0; i < 120; i++) {
                // Beyond the limit they wait in the backlog.
                clients.add(RawClient.connect(server.port(), "/"));
            }
            RawClient last = clients.get(clients.size() - 1);
            long start = System.nanoTime();
            long busy = busy(first);
            assertFalse(new CountDownLatch(1).await(1, TimeUnit.SECONDS), "an interval to measure");
            long spent = busy(first) - busy;
            long elapsed = System.nanoTime() - start;
            assertTrue(
                    spent < elapsed / 2, () -> "busy for " + spent + " of " + elapsed + " ns while it cannot accept");
            assertFalse(last.hasInput(), "it was accepted beyond the limit");
            for (int i = 1; i <= 100; i++) {
                clients.get(i).close();
            }
            last.expectHttp(101);
            expectEcho(last, "behind");
            expectEcho(first, "behind");
            assertTrue(server.isAlive());
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        assertEquals(121, clients.size());
    }

    /** A class that lies in a folder, and the log's configuration, need a file descriptor when they are first used. */
    private static void loadClasses(CrampedServer server, RawClient client) throws IOException {
        expectEcho(client, "before");
        busy(client);
        try (RawClient refused = RawClient.dial(server.port())) {
            refused.send(RawClient.head("not HTTP")).expectHttp(400);
        }
        try (RawClient closing = open(server)) {
            closing.sendClose(1000, "").expectClose("1000:").expectEof();
        }
        try (RawClient reset = open(server)) {
            reset.reset();
        }
        expectEcho(client, "loaded");
    }

    private static long busy(RawClient client) throws IOException {
        return Long.parseLong(client.sendText("busy").readFrame().text());
    }
}

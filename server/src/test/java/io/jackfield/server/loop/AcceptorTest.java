package io.jackfield.server.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AcceptorTest {

    private final BlockingQueue<SocketChannel> accepted = new LinkedBlockingQueue<>();
    private RunningLoop running;
    private ServerSocketChannel channel;

    @BeforeEach
    void listen() throws IOException {
        running = new RunningLoop();
        channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
        for (SocketChannel connection : accepted) {
            connection.close();
        }
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(channel.getLocalAddress());
    }

    @Test
    void everyConnectionIsHandedOn() throws Exception {
        new Acceptor(channel, running.loop, accepted::add).start();
        for (int i = 0; i < 100; i++) {
            try (SocketChannel client = connect()) {
                SocketChannel server = accepted.poll(20, TimeUnit.SECONDS);
                assertEquals(client.getLocalAddress(), server.getRemoteAddress());
                server.close();
            }
        }
    }

    @Test
    @DisplayName("R-95: without file descriptors accepting pauses, and goes on by itself")
    void acceptingPausesOnFailureAndGoesOn() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Acceptor.Source exhausted = () -> {
            if (attempts.incrementAndGet() <= 2) {
                throw new IOException("Too many open files");
            }
            return channel.accept();
        };
        new Acceptor(channel, exhausted, running.loop, accepted::add).start();
        long start = System.nanoTime();
        try (SocketChannel client = connect()) {
            SocketChannel server = accepted.poll(20, TimeUnit.SECONDS);
            assertEquals(client.getLocalAddress(), server.getRemoteAddress());
        }
        // Two pauses of a tenth of a second, and no spinning in between: two failures, the connection, and nobody
        // behind.
        assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(200));
        running.turn();
        assertEquals(4, attempts.get());
    }

    @Test
    @DisplayName("R-95: what throws for one connection does not end accepting")
    void aReceiverThatThrowsIsAskedAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        new Acceptor(channel, running.loop, connection -> {
                    accepted.add(connection);
                    if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("on purpose");
                    }
                })
                .start();
        try (SocketChannel first = connect();
                SocketChannel second = connect()) {
            assertEquals(
                    first.getLocalAddress(), accepted.poll(20, TimeUnit.SECONDS).getRemoteAddress());
            assertEquals(
                    second.getLocalAddress(),
                    accepted.poll(20, TimeUnit.SECONDS).getRemoteAddress());
        }
    }

    @Test
    void closingGivesThePortFree() throws Exception {
        Acceptor acceptor = new Acceptor(channel, running.loop, accepted::add);
        acceptor.start();
        InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
        acceptor.close();
        running.turn();
        assertFalse(channel.isOpen());
        try (ServerSocketChannel next = ServerSocketChannel.open()) {
            next.bind(address);
        }
    }

    @Test
    void aLoopThatStopsClosesTheServerSocket() throws Exception {
        new Acceptor(channel, running.loop, accepted::add).start();
        running.turn();
        running.close();
        assertFalse(channel.isOpen());
    }

    @Test
    void anAcceptorOfAClosedSocketDoesNotStart() throws Exception {
        channel.close();
        new Acceptor(channel, running.loop, accepted::add).start();
        running.turn();
        assertEquals(0, running.call(() -> running.loop.attachments().size()));
    }
}

package io.jackfield.itest.longrun;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The peers of the long run, in a process of their own: opens connections up to a number, uses and drops them at random, and
 * at the end drops all. Speaks from many addresses of the loopback network, since each has only so many ports.
 */
final class LongRunClient {

    private static final int SOURCES = 40;
    private static final int OPENED_PER_TURN = 200;
    private static final int TALKING_PER_TURN = 400;

    /** A connection lives for some hundred turns. */
    private static final int DROPPED_PER_TURN = 20;

    private static final int COUNTED_TURNS = 50;

    private static final int SECURE_PEERS = 16;

    private LongRunClient() {}

    /**
     * Runs for a time.
     *
     * @param arguments the two ports, the key store and its password, the number of connections, the seconds, the seed
     */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int securePort = Integer.parseInt(arguments[1]);
        SSLContext tls = trusting(Path.of(arguments[2]), arguments[3]);
        int connections = Integer.parseInt(arguments[4]);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[5]));
        long seed = Long.parseLong(arguments[6]);
        List<SecurePeers> secure = new ArrayList<>();
        int secureEach = Math.max(1, connections / 50 / SECURE_PEERS);
        for (int i = 0; i < SECURE_PEERS; i++) {
            secure.add(new SecurePeers(tls, securePort, secureEach, end, seed + i));
        }
        secure.forEach(Thread::start);
        PlainPeer.Shared shared = new PlainPeer.Shared(seed);
        int mostHeld = run(
                shared,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                connections - SECURE_PEERS * secureEach,
                end);
        long opened = shared.opened;
        long messages = shared.messages;
        long failed = shared.failed;
        long secureOpened = 0;
        for (SecurePeers peers : secure) {
            peers.join();
            secureOpened += peers.opened();
            messages += peers.messages();
            failed += peers.failed();
        }
        System.out.printf(
                "held=%d opened=%d tls=%d messages=%d bytes=%d closed=%d failed=%d%n",
                mostHeld + SECURE_PEERS * secureEach,
                opened + secureOpened,
                secureOpened,
                messages,
                shared.bytes,
                shared.closedInOrder,
                failed);
    }

    private static int run(PlainPeer.Shared shared, InetSocketAddress server, int connections, long end)
            throws IOException {
        List<PlainPeer> peers = new ArrayList<>();
        int mostHeld = 0;
        int turn = 0;
        while (System.nanoTime() - end < 0) {
            for (int i = 0; i < OPENED_PER_TURN && peers.size() < connections; i++) {
                int source = shared.random.nextInt(SOURCES);
                peers.add(new PlainPeer(shared, new InetSocketAddress("127.0.1." + (1 + source), 0), server));
            }
            shared.selector.select(10);
            for (SelectionKey key : shared.selector.selectedKeys()) {
                ((PlainPeer) key.attachment()).onReady();
            }
            shared.selector.selectedKeys().clear();
            for (int i = 0; i < TALKING_PER_TURN && !peers.isEmpty(); i++) {
                peers.get(shared.random.nextInt(peers.size())).talk();
            }
            for (int i = 0; i < DROPPED_PER_TURN && peers.size() > connections / 2; i++) {
                peers.get(shared.random.nextInt(peers.size())).drop();
            }
            peers.removeIf(PlainPeer::isOver);
            if (turn++ % COUNTED_TURNS == 0) {
                mostHeld = Math.max(
                        mostHeld, (int) peers.stream().filter(PlainPeer::isOpen).count());
            }
        }
        peers.forEach(PlainPeer::drop);
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!peers.isEmpty() && System.nanoTime() - patience < 0) {
            shared.selector.select(10);
            for (SelectionKey key : shared.selector.selectedKeys()) {
                ((PlainPeer) key.attachment()).onReady();
            }
            shared.selector.selectedKeys().clear();
            peers.removeIf(PlainPeer::isOver);
        }
        shared.failed += peers.size();
        return mostHeld;
    }

    private static SSLContext trusting(Path file, String password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(file)) {
            store.load(input, password.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}

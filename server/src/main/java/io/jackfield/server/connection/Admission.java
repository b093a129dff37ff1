package io.jackfield.server.connection;

import io.jackfield.api.Option;
import io.jackfield.api.Options;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the connections of a server, and says whether one more may come. Thread-safe. */
public final class Admission {

    /** A network that counts as one peer: an IPv4 address, or the first half of an IPv6 address. */
    private record Peer(boolean ipv6, long prefix) {

        static Peer of(InetAddress address) {
            ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
            return address instanceof Inet6Address
                    ? new Peer(true, bytes.getLong())
                    : new Peer(false, Integer.toUnsignedLong(bytes.getInt()));
        }
    }

    private final AtomicInteger connections = new AtomicInteger();
    private final Map<Peer, Integer> byPeer = new ConcurrentHashMap<>();
    private final Runnable release = connections::decrementAndGet;

    /** What came of asking: one of both is null. */
    public record Verdict(Runnable release, Option exceeded) {

        /** Whether the connection may come. */
        public boolean isAdmitted() {
            return exceeded == null;
        }
    }

    /** The connections that are counted. */
    public int connections() {
        return connections.get();
    }

    /**
     * Counts one more connection, if that is allowed.
     *
     * @param address where it comes from, or null if that is not known any more
     * @param options the server's options as they are now
     * @return what to run once when the connection has ended, or the limit that it would pass
     */
    public Verdict admit(InetSocketAddress address, Options options) {
        if (connections.incrementAndGet() > options.maxConnections()) {
            connections.decrementAndGet();
            return new Verdict(null, Option.MAX_CONNECTIONS);
        }
        int mostOfOne = options.maxConnectionsPerAddress();
        if (mostOfOne == 0 || address == null || isProxy(address.getAddress(), options)) {
            return new Verdict(release, null);
        }
        Peer peer = Peer.of(address.getAddress());
        if (byPeer.merge(peer, 1, Integer::sum) > mostOfOne) {
            release(peer);
            return new Verdict(null, Option.MAX_CONNECTIONS_PER_ADDRESS);
        }
        return new Verdict(() -> release(peer), null);
    }

    private static boolean isProxy(InetAddress address, Options options) {
        return options.trustsProxy(address) || options.allowsProxyProtocol(address);
    }

    private void release(Peer peer) {
        byPeer.computeIfPresent(peer, (ignored, count) -> count == 1 ? null : count - 1);
        release.run();
    }

    /** The networks of which connections are counted. */
    int peers() {
        return byPeer.size();
    }
}

package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Option;
import io.jackfield.api.Options;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private final Admission admission = new Admission();

    private static InetSocketAddress address(String text) throws Exception {
        return new InetSocketAddress(InetAddress.getByName(text), 1);
    }

    private Option admit(String address, Options options) throws Exception {
        return admission.admit(address(address), options).exceeded();
    }

    @Test
    @DisplayName("A-33 R-93: as many as the limit, none more, and one more for each that ends")
    void inAll() throws Exception {
        Options two = Options.builder().maxConnections(2).build();
        Admission.Verdict first = admission.admit(address("192.0.2.1"), two);
        assertEquals(null, admit("192.0.2.2", two));
        assertEquals(Option.MAX_CONNECTIONS, admit("192.0.2.3", two));
        assertEquals(Option.MAX_CONNECTIONS, admission.admit(null, two).exceeded());
        assertEquals(2, admission.connections());
        first.release().run();
        assertEquals(null, admission.admit(null, two).exceeded());
        assertEquals(Option.MAX_CONNECTIONS, admit("192.0.2.3", two));
        assertEquals(0, admission.peers(), "no address is remembered without a limit for it");
    }

    @Test
    @DisplayName("A-33: an IPv4 address is one peer, and its name for IPv6 is the same")
    void byIpv4Address() throws Exception {
        Options one = Options.builder().maxConnectionsPerAddress(1).build();
        Admission.Verdict first = admission.admit(address("192.0.2.1"), one);
        assertTrue(first.isAdmitted());
        assertEquals(Option.MAX_CONNECTIONS_PER_ADDRESS, admit("192.0.2.1", one));
        assertEquals(Option.MAX_CONNECTIONS_PER_ADDRESS, admit("::ffff:192.0.2.1", one));
        assertEquals(null, admit("192.0.2.2", one));
        assertEquals(null, admit("::c000:201", one));
        assertEquals(3, admission.connections(), "one that is refused does not count");
        first.release().run();
        assertEquals(2, admission.peers(), "an address without connections is forgotten");
        assertEquals(null, admit("192.0.2.1", one));
    }

    @Test
    @DisplayName("A-33: a /64 network of IPv6 is one peer, since a host may take any address in it")
    void byIpv6Network() throws Exception {
        Options two = Options.builder().maxConnectionsPerAddress(2).build();
        assertEquals(null, admit("2001:db8:1:2::1", two));
        assertEquals(null, admit("2001:db8:1:2:ffff:ffff:ffff:ffff", two));
        assertEquals(Option.MAX_CONNECTIONS_PER_ADDRESS, admit("2001:db8:1:2:3::", two));
        assertEquals(null, admit("2001:db8:1:3::1", two));
    }

    @Test
    @DisplayName("A-33: connections from a trusted proxy are counted in all, not as one peer's")
    void proxiesAreManyPeers() throws Exception {
        Options options = Options.builder()
                .maxConnections(3)
                .maxConnectionsPerAddress(1)
                .trustedProxies("192.0.2.0/24")
                .build();
        for (int i = 0; i < 3; i++) {
            assertEquals(null, admit("192.0.2.1", options));
        }
        assertEquals(Option.MAX_CONNECTIONS, admit("192.0.2.1", options));
        assertEquals(0, admission.peers());
    }

    @Test
    @DisplayName("A-33: from many threads no more are admitted than allowed, and none is left over")
    void manyThreads() throws Exception {
        Options options = Options.builder()
                .maxConnections(50)
                .maxConnectionsPerAddress(20)
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            done.add(threads.submit(() -> {
                for (int round = 0; round < 2000; round++) {
                    Admission.Verdict verdict = admission.admit(address("192.0.2." + round % 3), options);
                    assertTrue(admission.connections() <= 54, "each thread may be looking at one too many");
                    if (verdict.isAdmitted()) {
                        verdict.release().run();
                    }
                }
                return null;
            }));
        }
        for (Future<?> each : done) {
            each.get();
        }
        threads.shutdown();
        assertEquals(0, admission.connections());
        assertEquals(0, admission.peers());
    }
}

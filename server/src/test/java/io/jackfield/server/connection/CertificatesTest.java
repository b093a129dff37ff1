package io.jackfield.server.connection;

import static io.jackfield.server.connection.HttpPeer.frame;
import static io.jackfield.server.connection.HttpPeer.upgrade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jackfield.api.Options;
import io.jackfield.api.Request;
import io.jackfield.server.TestTls;
import io.jackfield.server.Tls;
import io.jackfield.server.Tls.ClientAuthentication;
import io.jackfield.server.WebSocketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose certificate a client gets, when it gets a new one, and what becomes of its own. */
@Tag(TestTls.PLAIN) // speaks TLS in any case
class CertificatesTest {

    private static final char[] PASSWORD = TestTls.PASSWORD.toCharArray();

    private static KeyStore main;
    private static KeyStore wild;
    private static KeyStore rsa;

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private WebSocketServer server;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeKeys() {
        main = TestTls.generate("EC", "dns:main.example");
        wild = TestTls.generate("EC", "dns:*.wild.example");
        rsa = TestTls.generate("RSA", "dns:rsa.wild.example");
    }

    private void start(Tls tls) throws IOException {
        server = WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .loops(1)
                .tls(tls)
                .options(Options.defaults())
                .endpoint("/echo", (socket, request) -> {
                    requests.add(request);
                    socket.onMessage(socket::send);
                })
                .start();
    }

    @AfterEach
    void stop() {
        server.close(Duration.ofSeconds(20));
    }

    private SSLSocket connect(SSLContext client, String protocol, String host) throws IOException {
        SSLSocket socket =
                (SSLSocket) client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        if (host != null) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        socket.setSSLParameters(parameters);
        return socket;
    }

    /** The certificate that a client gets. */
    private Certificate shown(SSLContext client, String protocol, String host) throws IOException {
        try (SSLSocket socket = connect(client, protocol, host)) {
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    @ParameterizedTest
    @DisplayName("RFC 6066 section 3: the certificate is that of the host that the client asks for")
    @CsvSource({
        "TLSv1.3, main.example, main",
        "TLSv1.2, main.example, main",
        "TLSv1.3, a.wild.example, wild",
        "TLSv1.2, A.WILD.example, wild",
        "TLSv1.3, rsa.wild.example, rsa",
        "TLSv1.2, rsa.wild.example, rsa",
        "TLSv1.3, a.b.wild.example, main",
        "TLSv1.2, elsewhere.example, main",
        "TLSv1.3, , main",
    })
    void theCertificateIsThatOfTheHost(String protocol, String host, String expected) throws Exception {
        start(Tls.builder()
                .keyStore(main, PASSWORD)
                .keyStore(wild, PASSWORD)
                .keyStore(rsa, PASSWORD)
                .build());
        KeyStore store = expected.equals("main") ? main : expected.equals("wild") ? wild : rsa;
        assertEquals(store.getCertificate("server"), shown(TestTls.clientTrusting(main, wild, rsa), protocol, host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @DisplayName("a renewed certificate is for new connections, resumed sessions too; those that are there go on")
    void aRenewedCertificateIsForNewConnections(String protocol) throws Exception {
        Path file = folder.resolve("keys.p12");
        TestTls.generate(file, "PKCS12", "server", "EC", "dns:main.example");
        KeyStore before = TestTls.load(file);
        Tls tls = Tls.builder().keyStore(file, PASSWORD).build();
        start(tls);
        SSLContext client = TestTls.clientTrusting(before, main);
        try (HttpPeer old = new HttpPeer(connect(client, protocol, null))) {
            assertEquals(101, old.send(upgrade("/echo")).answer().status());
            assertEquals(before.getCertificate("server"), shown(client, protocol, null));

            Files.delete(file);
            TestTls.generate(file, "PKCS12", "server", "EC", "dns:main.example");
            KeyStore after = TestTls.load(file);
            server.renewTls(tls.reread());
            assertEquals(after.getCertificate("server"), shown(TestTls.clientTrusting(before, after), protocol, null));
            // It trusts the old certificate alone, and had a session with it.
            assertThrows(SSLException.class, () -> {
                try (HttpPeer stale = new HttpPeer(connect(client, protocol, null))) {
                    stale.send(upgrade("/echo")).answer();
                }
            });
            old.send(frame("still here"));
            assertEquals("81:still here", old.frame());
        }
    }

    private void startAsking(ClientAuthentication authentication, KeyStore clients) throws Exception {
        start(Tls.builder()
                .keyStore(main, PASSWORD)
                .trust(TestTls.trust(clients))
                .clientAuthentication(authentication)
                .build());
    }

    private List<X509Certificate> certificatesSeen(SSLContext client, String protocol) throws Exception {
        try (HttpPeer peer = new HttpPeer(connect(client, protocol, null))) {
            assertEquals(101, peer.send(upgrade("/echo")).answer().status());
            return requests.poll(20, TimeUnit.SECONDS).peerCertificates();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theHandlerSeesTheCertificateOfTheClient(String protocol) throws Exception {
        startAsking(ClientAuthentication.NEED, wild);
        assertEquals(List.of(wild.getCertificate("server")), certificatesSeen(withKey(wild), protocol));
        assertThrows(IOException.class, () -> certificatesSeen(TestTls.clientTrusting(main), protocol));
        assertThrows(IOException.class, () -> certificatesSeen(withKey(rsa), protocol));
    }

    private static SSLContext withKey(KeyStore own) throws Exception {
        return TestTls.clientWithKey(main, own);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoIsAskedMayHaveNone(String protocol) throws Exception {
        startAsking(ClientAuthentication.WANT, wild);
        assertEquals(List.of(wild.getCertificate("server")), certificatesSeen(withKey(wild), protocol));
        assertEquals(List.of(), certificatesSeen(TestTls.clientTrusting(main), protocol));
    }

    @Test
    void whoIsNotAskedShowsNone() throws Exception {
        startAsking(ClientAuthentication.NONE, wild);
        assertEquals(List.of(), certificatesSeen(withKey(wild), "TLSv1.3"));
    }
}

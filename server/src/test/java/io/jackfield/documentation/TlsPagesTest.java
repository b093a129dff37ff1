package io.jackfield.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jackfield.api.Handler;
import io.jackfield.server.TestTls;
import io.jackfield.server.Tls;
import io.jackfield.server.WebSocketServer;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/standalone.md and docs/tls.md that speak TLS are spoken to, by a client that trusts their key alone. */
class TlsPagesTest {

    @TempDir
    private static Path keyFolder;

    private static Path file;
    private static KeyStore keys;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeAKey() throws Exception {
        file = keyFolder.resolve("server.p12");
        TestTls.generate(file, "PKCS12", "server", "EC", "dns:localhost,ip:127.0.0.1");
        keys = TestTls.load(file);
    }

    @Test
    void theSecureEchoOfAProgramEchoes() throws Exception {
        Class<?> program = Snippet.named("SecureEcho", Repository.file("docs/standalone.md"))
                .with(".port(8443)", ".host(\"127.0.0.1\").port(0)")
                .compileAndLoad(folder);
        try (WebSocketServer server = (WebSocketServer)
                program.getMethod("server", Path.class, String.class).invoke(null, file, TestTls.PASSWORD)) {
            server.start();
            assertEchoes(server, "/echo");
        }
    }

    @Test
    void theSecureEchoOfThePageOnTlsEchoes() throws Exception {
        Snippet program = Snippet.named("SecureEcho", Repository.file("docs/tls.md"))
                .withOwnServer(8443)
                .with("Path.of(\"server.p12\")", "Path.of(\"" + file.toString().replace("\\", "\\\\") + "\")")
                .with("System.getenv(\"KEY_PASSWORD\")", '"' + TestTls.PASSWORD + '"');
        try (WebSocketServer server = program.run(folder)) {
            assertEchoes(server, "/");
        }
    }

    @Test
    void clientsAreGreetedByTheNameInTheirCertificate() throws Exception {
        Handler handler = (Handler) Snippet.named("KnownClients", Repository.file("docs/tls.md"))
                .compileAndLoad(folder)
                .getConstructor()
                .newInstance();
        KeyStore own = TestTls.generate("EC", "dns:client");
        Tls tls = Tls.builder()
                .keyStore(file, TestTls.PASSWORD.toCharArray())
                .clientAuthentication(Tls.ClientAuthentication.WANT)
                .trust(TestTls.trust(own))
                .build();
        try (WebSocketServer server = WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .tls(tls)
                .endpoint("/", handler)
                .start()) {
            EchoClient known = new EchoClient(TestTls.clientWithKey(keys, own), server.url() + "/");
            assertEquals("Hello CN=server", known.next());
            known.close();

            ExecutionException refused = assertThrows(
                    ExecutionException.class, () -> new EchoClient(TestTls.clientTrusting(keys), server.url() + "/"));
            WebSocketHandshakeException answer =
                    assertInstanceOf(WebSocketHandshakeException.class, refused.getCause());
            assertEquals(401, answer.getResponse().statusCode());
        }
    }

    private void assertEchoes(WebSocketServer server, String path) throws Exception {
        assertEquals("wss://", server.url().substring(0, 6));
        EchoClient client = new EchoClient(TestTls.clientTrusting(keys), server.url() + path);
        assertEquals("grüß dich", client.send("grüß dich").next());
        client.close();
    }
}

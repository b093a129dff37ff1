package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jackfield.api.ForwardedHeaders;
import io.jackfield.api.Options;
import java.nio.ByteBuffer;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A real nginx and a real HAProxy in front, with TLS at the proxy or through it. */
class ProxyIT {

    /** The client's address. On loopback all of 127.0.0.0/8 is there; the proxies connect from 127.0.0.1. */
    private static final String CLIENT = "127.0.0.9";

    private static final Options BEHIND_HTTP_PROXY =
            Options.builder().trustedProxies("127.0.0.1").build();
    private static final Options BEHIND_TCP_PROXY =
            Options.builder().proxyProtocol("127.0.0.1").build();

    private static TestKeys keys;
    private static SSLContext trusting;

    private TestServer server;
    private ProxyProcess proxy;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = TestKeys.generate();
        trusting = keys.clientContext();
    }

    @AfterEach
    void stop() {
        if (proxy != null) {
            proxy.close();
        }
        if (server != null) {
            server.close();
        }
    }

    // -- nginx --------------------------------------------------------------------------------------------------------

    private int startNginx(Options options, String forwarding) throws Exception {
        int port = ProxyProcess.freePorts(1)[0];
        server = TestServer.start(options);
        proxy = ProxyProcess.nginx(
                """
                server {
                  listen 127.0.0.1:%d ssl;
                  ssl_certificate %s;
                  ssl_certificate_key %s;
                  location / {
                    proxy_pass http://127.0.0.1:%d;
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection "upgrade";
                    %s
                  }
                }
                """.formatted(port, keys.certificateFile(), keys.keyFile(), server.port(), forwarding), port);
        return port;
    }

    @Test
    @DisplayName("nginx ends TLS and tells of the client with X-Forwarded-For, -Proto and -Host")
    void nginxWithXForwarded() throws Exception {
        int port = startNginx(BEHIND_HTTP_PROXY, """
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header X-Forwarded-Proto $scheme;
                proxy_set_header X-Forwarded-Host $http_host;
                """);
        assertKnows(port, CLIENT + " 0 wss://localhost/who", "X-Forwarded-For: 198.51.100.7", "Forwarded: for=_x");
        assertServes(port);
    }

    @Test
    @DisplayName("nginx ends TLS and tells of the client with Forwarded (RFC 7239)")
    void nginxWithForwarded() throws Exception {
        int port = startNginx(
                BEHIND_HTTP_PROXY.toBuilder()
                        .forwardedHeaders(ForwardedHeaders.FORWARDED)
                        .build(),
                """
                proxy_set_header Forwarded "for=\\"$remote_addr:$remote_port\\";proto=$scheme;host=\\"$http_host\\"";
                """);
        try (RawClient client = RawClient.connectTls(trusting, CLIENT, port)) {
            client.send(RawClient.handshake("/who", "X-Forwarded-For: 198.51.100.7", "X-Forwarded-Host: evil.example"));
            assertEquals(101, client.readAnswer().status());
            assertEquals(
                    CLIENT + " " + client.localPort() + " wss://localhost/who",
                    client.readFrame().payloadText());
        }
        assertServes(port);
    }

    @Test
    @DisplayName(
            "R-44: a refusal comes through nginx, and the page's origin is compared with the host that it asked for")
    void refusalsComeThroughNginx() throws Exception {
        int port = startNginx(BEHIND_HTTP_PROXY, "proxy_set_header X-Forwarded-Host $http_host;");
        try (RawClient client = RawClient.connectTls(trusting, CLIENT, port)) {
            client.send(RawClient.handshake("/echo", "Origin: https://localhost"));
            assertEquals(101, client.readAnswer().status());
        }
        try (RawClient client = RawClient.connectTls(trusting, CLIENT, port)) {
            client.send(RawClient.handshake("/echo", "Origin: https://evil.example"));
            assertEquals(403, client.readAnswer().status());
        }
    }

    // -- HAProxy ------------------------------------------------------------------------------------------------------

    private int startHaproxy(Options options, SSLContext tls, String bind, String mode, String send) throws Exception {
        int port = ProxyProcess.freePorts(1)[0];
        server = TestServer.start(options, tls);
        proxy = ProxyProcess.haproxy("""
                listen front
                  %s
                  bind 127.0.0.1:%d %s
                  server jackfield 127.0.0.1:%d %s
                """.formatted(mode, port, bind, server.port(), send), port);
        return port;
    }

    private String ownTls() throws Exception {
        return "ssl crt " + keys.bothFile() + " alpn http/1.1";
    }

    @Test
    @DisplayName("HAProxy passes TLS on behind a header of version 1 of the PROXY protocol")
    void haproxyWithVersion1() throws Exception {
        int port = startHaproxy(BEHIND_TCP_PROXY, keys.serverContext(), "", "mode tcp", "send-proxy");
        assertKnowsWithPort(port, "wss://localhost/who");
        assertServes(port);
    }

    @Test
    @DisplayName("HAProxy passes TLS on behind a header of version 2, and checks with the command LOCAL")
    void haproxyWithVersion2() throws Exception {
        int port = startHaproxy(
                BEHIND_TCP_PROXY,
                keys.serverContext(),
                "",
                "mode tcp",
                "send-proxy-v2 check inter 100ms check-send-proxy check-ssl verify none");
        assertKnowsWithPort(port, "wss://localhost/who");
        assertServes(port);
        assertFalse(proxy.output().contains("is DOWN"), proxy.output());
    }

    @Test
    @DisplayName("HAProxy ends TLS and says so in a header of version 2")
    void haproxyEndsTlsAndSaysSo() throws Exception {
        int port = startHaproxy(BEHIND_TCP_PROXY, null, ownTls(), "mode tcp", "send-proxy-v2-ssl");
        assertKnowsWithPort(port, "wss://localhost/who");
        assertServes(port);
    }

    @Test
    @DisplayName("HAProxy ends TLS; version 1 has no words for that")
    void haproxyEndsTlsAndCannotSay() throws Exception {
        int port = startHaproxy(BEHIND_TCP_PROXY, null, ownTls(), "mode tcp", "send-proxy");
        assertKnowsWithPort(port, "ws://localhost/who");
        assertServes(port);
    }

    @Test
    @DisplayName("HAProxy ends TLS and HTTP, and tells of the client with X-Forwarded-For and -Proto")
    void haproxyWithXForwarded() throws Exception {
        int port = startHaproxy(
                BEHIND_HTTP_PROXY,
                null,
                ownTls(),
                "mode http\n  option forwardfor\n  http-request set-header X-Forwarded-Proto https",
                "");
        assertKnows(port, CLIENT + " 0 wss://localhost/who", "X-Forwarded-For: 198.51.100.7");
        assertServes(port);
    }

    // -- what holds behind each ---------------------------------------------------------------------------------------

    private static void assertKnowsWithPort(int port, String url) {
        try (RawClient client = RawClient.connectTls(trusting, CLIENT, port)) {
            client.send(RawClient.handshake("/who"));
            assertEquals(101, client.readAnswer().status());
            assertEquals(
                    CLIENT + " " + client.localPort() + " " + url,
                    client.readFrame().payloadText());
        }
    }

    private static void assertKnows(int port, String expected, String... inventions) {
        try (RawClient client = RawClient.connectTls(trusting, CLIENT, port)) {
            client.send(RawClient.handshake("/who", inventions));
            assertEquals(101, client.readAnswer().status());
            assertEquals(expected, client.readFrame().payloadText());
        }
    }

    /** Echoes of all sizes, fragments, close codes from both sides. */
    private void assertServes(int port) throws Exception {
        String url = "wss://127.0.0.1:" + port;
        try (JdkClient client = JdkClient.connectTrusting(trusting, url + "/echo")) {
            for (int size : new int[] {0, 125, 126, 65_536, 3 << 20}) {
                byte[] bytes = new byte[size];
                new Random(size).nextBytes(bytes);
                client.sendBinary(ByteBuffer.wrap(bytes), true);
                assertEquals(ByteBuffer.wrap(bytes), client.nextBinary());
            }
            client.sendText("Gr\u00fc", false).sendText("\u00dfe", true);
            assertEquals("text: Gr\u00fc\u00dfe", client.next());
            client.ping("there?");
            assertEquals("pong: there?", client.next());
            client.close(3001, "bye");
            assertEquals("close: 3001 bye", client.next());
            assertEquals(3001, server.awaitClose().code());
        }
        try (JdkClient client = JdkClient.connectTrusting(trusting, url + "/close?code=4001&reason=enough")) {
            assertEquals("close: 4001 enough", client.next());
        }
    }
}

package io.jackfield.server.connection;

import io.jackfield.server.TestTls;
import io.jackfield.server.WebSocketServer;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A client that writes what it is told and reads what comes, with nothing of WebSocket but the barest frames. */
final class HttpPeer implements Closeable {

    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final int PATIENCE_MILLIS = 20_000;

    /** A response with its body, as far as its Content-Length says. */
    record Answer(int status, Map<String, String> fields, String body) {
        String field(String name) {
            return fields.get(name.toLowerCase(Locale.ROOT));
        }
    }

    /** What is spoken through, which may be TLS. */
    final Socket socket;

    private final Socket tcp;

    HttpPeer(Socket socket) throws IOException {
        this(socket, socket);
    }

    private HttpPeer(Socket socket, Socket tcp) throws IOException {
        this.socket = socket;
        this.tcp = tcp;
        tcp.setSoTimeout(PATIENCE_MILLIS);
        tcp.setTcpNoDelay(true);
    }

    /** Through TLS in the run of the tests that is for it. */
    static HttpPeer connect(WebSocketServer server) throws IOException {
        return connect(server, 0);
    }

    /** A connection that takes few bytes before it stops. */
    static HttpPeer connect(WebSocketServer server, int receiveBuffer) throws IOException {
        Socket tcp = new Socket();
        if (receiveBuffer > 0) {
            tcp.setReceiveBufferSize(receiveBuffer);
        }
        tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        return new HttpPeer(TestTls.isDefault() ? TestTls.over(tcp) : tcp, tcp);
    }

    /** Without TLS in every run. */
    static HttpPeer connectTcp(WebSocketServer server) throws IOException {
        return new HttpPeer(new Socket(InetAddress.getLoopbackAddress(), server.port()));
    }

    /** Ends the connection by a reset. */
    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    /** A request for a WebSocket, with fields of its own behind those that it must have. */
    static String upgrade(String path, String... fields) {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: example.org\r\n");
        request.append("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
        request.append("Sec-WebSocket-Key: ").append(KEY).append("\r\n");
        for (String field : fields) {
            request.append(field).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: example.org\r\n\r\n";
    }

    HttpPeer send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    HttpPeer send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** A text frame with the masking key 0. */
    static String frame(String text) {
        return "\u0081" + (char) (0x80 | text.length()) + "\0\0\0\0" + text;
    }

    /** A close frame with the masking key 0. */
    static String close(int code) {
        return "\u0088\u0082\0\0\0\0" + (char) (code >> 8) + (char) (code & 0xff);
    }

    Answer answer() throws IOException {
        return answer(true);
    }

    Answer answer(boolean withBody) throws IOException {
        String[] lines = head().split("\r\n");
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            fields.merge(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip(),
                    (first, second) -> first + "|" + second);
        }
        int length = withBody ? Integer.parseInt(fields.getOrDefault("content-length", "0")) : 0;
        return new Answer(
                Integer.parseInt(lines[0].split(" ")[1]), fields, new String(bytes(length), StandardCharsets.UTF_8));
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) octet());
        }
        return head.toString();
    }

    /** The payload of a short frame, behind its first octet: {@code 81:hello}. */
    String frame() throws IOException {
        int first = octet();
        byte[] payload = bytes(octet());
        return Integer.toHexString(first) + ":" + new String(payload, StandardCharsets.ISO_8859_1);
    }

    private int octet() throws IOException {
        int octet = socket.getInputStream().read();
        if (octet < 0) {
            throw new EOFException("the server closed");
        }
        return octet;
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server closed");
        }
        return bytes;
    }

    /** All that comes until the server ends the connection. */
    String rest() throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        InputStream input = socket.getInputStream();
        byte[] buffer = new byte[8192];
        for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
            rest.write(buffer, 0, length);
        }
        return rest.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the server ends the connection, in order or by a reset, and has nothing to say before. */
    boolean endsSilently() throws IOException {
        try {
            return rest().isEmpty();
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

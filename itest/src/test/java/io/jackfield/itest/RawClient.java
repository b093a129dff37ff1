package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A client that writes any bytes and reads what comes, made of nothing but a socket. Waits 20 s at most for anything. */
final class RawClient implements AutoCloseable {

    /** The key of RFC 6455 section 1.3. */
    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream input;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new DataInputStream(socket.getInputStream());
    }

    static RawClient connect(int port) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects from a loopback address of one's own, through TLS. */
    static RawClient connectTls(SSLContext tls, String from, int port) {
        try {
            Socket tcp = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(from), 0);
            tcp.setSoTimeout(PATIENCE_MILLIS);
            return new RawClient(tls.getSocketFactory().createSocket(tcp, "localhost", port, true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The own port. */
    int localPort() {
        return socket.getLocalPort();
    }

    /** Connects and completes an opening handshake. */
    static RawClient open(int port, String path, String... fields) {
        RawClient client = connect(port).send(handshake(path, fields));
        HttpAnswer answer = client.readAnswer();
        assertEquals(101, answer.status(), answer.toString());
        return client;
    }

    /** The head of a good opening handshake with more fields, written as lines. */
    static String handshake(String path, String... fields) {
        List<String> lines = new ArrayList<>(List.of(
                "GET " + path + " HTTP/1.1",
                "Host: localhost",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: " + KEY,
                "Sec-WebSocket-Version: 13"));
        lines.addAll(List.of(fields));
        return head(lines.toArray(String[]::new));
    }

    /** A head of lines. */
    static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** Sends characters up to U+00FF, a byte each. */
    RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawClient sendBytewise(byte[] bytes) {
        for (byte b : bytes) {
            send(new byte[] {b});
        }
        return this;
    }

    /** Ends our direction and keeps reading. */
    RawClient finishOutput() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the connection with a reset. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next HTTP answer, with as much body as its Content-Length says. */
    HttpAnswer readAnswer() {
        try {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = input.read();
                if (next < 0) {
                    throw new EOFException(
                            "The connection ended in the head: \"" + head.toString(StandardCharsets.ISO_8859_1) + '"');
                }
                head.write(next);
            }
            HttpAnswer answer = HttpAnswer.parse(head.toString(StandardCharsets.ISO_8859_1));
            return answer.withBody(new String(input.readNBytes(answer.contentLength()), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame, which must not be masked. */
    WireFrame readFrame() {
        try {
            return WireFrame.read(input);
        } catch (IOException e) {
            throw new UncheckedIOException("instead of a frame", e);
        }
    }

    /** Reads a close frame with a code, and then the end of the connection. */
    String assertFailsWith(int code) {
        WireFrame frame = readFrame();
        assertEquals("close " + code, frame.opcodeName() + " " + frame.closeCode(), frame::toString);
        assertEnds();
        return frame.closeReason();
    }

    /** Reads the end of the connection, after nothing else. */
    void assertEnds() {
        byte[] rest = readToEnd();
        assertEquals("", HexFormat.of().formatHex(rest, 0, Math.min(rest.length, 100)), "bytes before the end");
    }

    /** All bytes until the connection ends, by FIN or reset. */
    byte[] readToEnd() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (int next = input.read(); next >= 0; next = input.read()) {
                bytes.write(next);
            }
        } catch (SocketTimeoutException e) {
            fail("The connection is still there after " + PATIENCE_MILLIS + " ms");
        } catch (SocketException e) {
            // A reset is an end, too.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

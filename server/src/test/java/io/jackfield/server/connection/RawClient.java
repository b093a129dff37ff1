package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.server.TestTls;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * A client of nothing but a socket with blocking reads, which says byte by byte what it means; through TLS, in the run of the
 * tests that is for it.
 */
final class RawClient implements AutoCloseable {

    /** The key of RFC 6455 section 1.3, and the answer to it. */
    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static final int PATIENCE_MILLIS = 15_000;
    private static final int FIN = 0x80;

    /** TLS reads each record in pieces: below a few segments of loopback TCP that stalls. */
    private static final int NARROW_BUFFER = TestTls.isDefault() ? 128 * 1024 : 4096;

    private final Socket tcp;

    /** What is spoken through: the same, or TLS over it. */
    private final Socket socket;

    private final DataInputStream input;

    private RawClient(int port, int receiveBuffer, boolean tls) throws IOException {
        tcp = new Socket();
        if (receiveBuffer > 0) {
            tcp.setReceiveBufferSize(receiveBuffer);
        }
        tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        tcp.setSoTimeout(PATIENCE_MILLIS);
        tcp.setTcpNoDelay(true);
        socket = tls ? TestTls.over(tcp) : tcp;
        input = new DataInputStream(socket.getInputStream());
    }

    /** A connection on which nothing was sent. */
    static RawClient dial(int port) throws IOException {
        return new RawClient(port, 0, TestTls.isDefault());
    }

    /** A connection without TLS in every run. */
    static RawClient dialTcp(int port) throws IOException {
        return new RawClient(port, 0, false);
    }

    /** A connection that takes few bytes before it stops. */
    static RawClient dialNarrow(int port) throws IOException {
        return new RawClient(port, NARROW_BUFFER, TestTls.isDefault());
    }

    /** Sends a good opening handshake and does not wait for its answer. */
    static RawClient connect(int port, String path, String... fields) throws IOException {
        return dial(port).send(handshake(path, fields));
    }

    static byte[] handshake(String path, String... fields) {
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

    static byte[] head(String... lines) {
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    // -- sending ------------------------------------------------------------------------------------------------------

    RawClient send(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        socket.getOutputStream().write(all.toByteArray());
        return this;
    }

    /** Sends a final frame. */
    RawClient sendFrame(int opcode, byte[] payload, boolean masked) throws IOException {
        return send(WireFrame.encode(FIN | opcode, payload, masked));
    }

    RawClient sendText(String text) throws IOException {
        return send(WireFrame.frame(WireFrame.TEXT, text));
    }

    RawClient sendPing(String text) throws IOException {
        return send(WireFrame.frame(WireFrame.PING, text));
    }

    RawClient sendPong(String text) throws IOException {
        return send(WireFrame.frame(WireFrame.PONG, text));
    }

    RawClient sendClose(int code, String reason) throws IOException {
        return send(WireFrame.close(code, reason));
    }

    /** Ends the own side of the connection. */
    void finishOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection by a reset. */
    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    // -- reading ------------------------------------------------------------------------------------------------------

    /** Reads the answer to the handshake: its head, which must have this status, and its body. */
    String expectHttp(int status) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = input.read();
            if (next < 0) {
                throw new EOFException(
                        "The connection ended in the head: " + head.toString(StandardCharsets.ISO_8859_1));
            }
            head.write(next);
        }
        String answer = head.toString(StandardCharsets.ISO_8859_1);
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        for (String line : answer.split("\r\n")) {
            if (line.startsWith("Content-Length: ")) {
                byte[] body = input.readNBytes(Integer.parseInt(line.substring(line.indexOf(' ') + 1)));
                return answer + new String(body, StandardCharsets.UTF_8);
            }
        }
        return answer;
    }

    /** Whether something has come that was not read. */
    boolean hasInput() throws IOException {
        return input.available() > 0;
    }

    WireFrame readFrame() throws IOException {
        WireFrame frame = WireFrame.read(input);
        assertFalse(frame.masked(), "RFC 6455 section 5.1: a server does not mask");
        return frame;
    }

    RawClient expectText(String text) throws IOException {
        return expectFrame(WireFrame.TEXT, text);
    }

    RawClient expectFrame(int opcode, String text) throws IOException {
        WireFrame frame = readFrame();
        assertEquals(FIN | opcode, frame.b0(), frame::toString);
        assertEquals(text, frame.text());
        return this;
    }

    /** Reads a close frame with this status, {@code 1000:reason}. */
    RawClient expectClose(String status) throws IOException {
        WireFrame frame = readFrame();
        assertEquals(FIN | WireFrame.CLOSE, frame.b0(), frame::toString);
        assertEquals(status, frame.closeStatus());
        return this;
    }

    /** Reads a close frame with this code, whatever the reason. */
    RawClient expectClose(int code) throws IOException {
        WireFrame frame = readFrame();
        assertEquals(FIN | WireFrame.CLOSE, frame.b0(), frame::toString);
        assertTrue(frame.closeStatus().startsWith(code + ":"), frame::closeStatus);
        return this;
    }

    /** Reads the end of the connection, in front of which nothing may be left. */
    void expectEof() throws IOException {
        assertEquals(-1, input.read(), "The connection should have ended");
    }

    /** Reads the end of a connection on which nothing was sent; TLS may have sent an alert. */
    void expectSilentEnd() throws IOException {
        byte[] rest = tcp.getInputStream().readAllBytes();
        // RFC 8446 section 6: record type alert.
        assertTrue(rest.length == 0 || socket != tcp && rest[0] == 21, "Something was sent");
    }

    /** The connection is reset, and nothing was received. */
    void expectReset() {
        assertThrows(SocketException.class, input::read);
    }

    /** Reads until the connection ends by FIN or reset; the number of bytes. */
    long drain() throws IOException {
        byte[] buffer = new byte[65_536];
        long total = 0;
        try {
            for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
                total += length;
            }
        } catch (SocketException | SSLException e) {
            // A reset ends it as well, and within TLS an end without close_notify.
        }
        return total;
    }

    /** Ends the connection. TLS would wait for the server's answer, which one that pauses does not give. */
    @Override
    public void close() throws IOException {
        if (!tcp.isClosed()) {
            tcp.setSoTimeout(1);
        }
        socket.close();
    }
}

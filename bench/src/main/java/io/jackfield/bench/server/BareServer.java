package io.jackfield.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/**
 * The limit that others are compared with: one thread, one selector, one direct buffer. It answers the handshake and from then on
 * writes back the bytes that it read, as they are: it neither unmasks nor decodes nor looks at them. At
 * {@code /broadcast} it writes them to all connections.
 *
 * <p>On demand it also makes strings of the bytes, still masked and unchecked, and drops them: what no server can avoid that
 * hands texts to its user.
 */
final class BareServer implements BenchServer {

    private static final String KEY_FIELD = "Sec-WebSocket-Key: ";
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 section 1.3

    /** A string of every so many bytes. */
    private static final int STRING = 1024;

    private static final int BUFFER = 64 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final List<Connection> subscribers = new ArrayList<>();
    private final MessageDigest sha1;

    /** Null if no strings are made. */
    private final byte[] stringBytes;

    /** The latest string, so that the compiler does not find out that nobody wants it. */
    String string;

    static BareServer withoutStrings() {
        return new BareServer(null);
    }

    static BareServer withStrings() {
        return new BareServer(new byte[BUFFER]);
    }

    private BareServer(byte[] stringBytes) {
        this.stringBytes = stringBytes;
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Connection {
        final SocketChannel channel;
        final SelectionKey key;
        boolean open;
        boolean broadcasts;
        ByteBuffer unsent; // null most of the time

        Connection(SocketChannel channel, Selector selector) throws IOException {
            this.channel = channel;
            this.key = channel.register(selector, SelectionKey.OP_READ, this);
        }
    }

    @Override
    public int start(ServerSettings settings) throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        new Thread(() -> loop(selector, listener), "bare").start();
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    private void loop(Selector selector, ServerSocketChannel listener) {
        try {
            while (true) {
                selector.select();
                for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                    SelectionKey key = keys.next();
                    keys.remove();
                    if (key.isAcceptable()) {
                        accept(selector, listener);
                    } else {
                        serve(key);
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void accept(Selector selector, ServerSocketChannel listener) throws IOException {
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            new Connection(channel, selector);
        }
    }

    private void serve(SelectionKey key) throws IOException {
        Connection connection = (Connection) key.attachment();
        try {
            if (connection.unsent != null) {
                flush(connection);
            } else if (connection.channel.read(buffer.clear()) < 0) {
                end(connection);
            } else if (!connection.open) {
                open(connection);
            } else if (connection.broadcasts) {
                for (Connection each : subscribers) {
                    write(each, buffer.flip());
                }
            } else {
                buffer.flip();
                if (stringBytes != null) {
                    makeStrings();
                }
                write(connection, buffer);
            }
        } catch (IOException e) {
            end(connection);
        }
    }

    private void makeStrings() {
        int length = buffer.limit();
        buffer.get(0, stringBytes, 0, length);
        for (int from = 0; from < length; from += STRING) {
            string = new String(stringBytes, from, Math.min(STRING, length - from), StandardCharsets.ISO_8859_1);
        }
    }

    private void write(Connection connection, ByteBuffer bytes) throws IOException {
        if (connection.unsent == null) {
            connection.channel.write(bytes);
        }
        if (bytes.hasRemaining()) {
            keep(connection, bytes);
        }
    }

    /** Waits until the socket takes more, and does not read before: so little is ever kept. */
    private static void keep(Connection connection, ByteBuffer bytes) {
        ByteBuffer before = connection.unsent;
        int kept = before == null ? 0 : before.remaining();
        ByteBuffer all = ByteBuffer.allocateDirect(kept + bytes.remaining());
        if (before != null) {
            all.put(before);
        }
        connection.unsent = all.put(bytes).flip();
        connection.key.interestOps(SelectionKey.OP_WRITE);
    }

    private static void flush(Connection connection) throws IOException {
        connection.channel.write(connection.unsent);
        if (!connection.unsent.hasRemaining()) {
            connection.unsent = null;
            connection.key.interestOps(SelectionKey.OP_READ);
        }
    }

    private void open(Connection connection) throws IOException {
        byte[] request = new byte[buffer.flip().remaining()];
        buffer.get(request);
        String head = new String(request, StandardCharsets.ISO_8859_1);
        if (!head.endsWith("\r\n\r\n")) {
            throw new IOException("The generator sends a request at once");
        }
        int begin = head.indexOf(KEY_FIELD) + KEY_FIELD.length();
        String accept = head.substring(begin, head.indexOf('\r', begin)) + GUID;
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + Base64.getEncoder().encodeToString(sha1.digest(accept.getBytes(StandardCharsets.ISO_8859_1)))
                + "\r\n\r\n";
        connection.open = true;
        connection.broadcasts = head.startsWith("GET " + BROADCAST + " ");
        if (connection.broadcasts) {
            subscribers.add(connection);
        }
        write(
                connection,
                buffer.clear().put(answer.getBytes(StandardCharsets.ISO_8859_1)).flip());
    }

    private void end(Connection connection) throws IOException {
        connection.channel.close();
        if (connection.broadcasts) {
            subscribers.remove(connection);
        }
    }
}

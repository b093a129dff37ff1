package io.jackfield.itest.longrun;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;

/**
 * One of many plain connections on one thread: shakes hands, sends a message at a time, compares the echo, and ends in one
 * of the ways in which peers end. Offers permessage-deflate or not.
 */
final class PlainPeer {

    private static final int HEAD_LENGTH = 1024;
    private static final int FIN_TEXT = 0x81;
    private static final int FIN_BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;
    private static final int RSV1 = 0x40;
    private static final byte[] KEY = {1, 2, 3, 4};

    /** What all connections of the thread share. */
    static final class Shared {

        final Selector selector;
        final Random random;
        final Deflation deflation = new Deflation();
        final ByteBuffer read = ByteBuffer.allocateDirect(128 * 1024);
        final ByteBuffer write = ByteBuffer.allocate(128 * 1024);

        long opened;
        long messages;
        long bytes;
        long closedInOrder;
        long failed;

        Shared(long seed) throws IOException {
            selector = Selector.open();
            random = new Random(seed);
        }
    }

    private final Shared shared;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final boolean offersDeflate;

    private boolean isOpen;
    private boolean isOver;
    private boolean closeSent;

    /** The message whose echo is to come, or null. */
    private byte[] expected;

    /** What arrived of a head or a frame that is not complete; null if there is nothing. */
    private byte[] unfinished;

    /** What the socket did not take; null if it took all. */
    private ByteBuffer unwritten;

    private Deflation.History history;

    PlainPeer(Shared shared, InetSocketAddress from, InetSocketAddress to) throws IOException {
        this.shared = shared;
        offersDeflate = shared.random.nextBoolean();
        channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(from);
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(shared.selector, SelectionKey.OP_CONNECT, this);
        if (channel.connect(to)) {
            connected();
        }
    }

    boolean isOver() {
        return isOver;
    }

    boolean isOpen() {
        return isOpen && !closeSent && !isOver;
    }

    // -- what the thread does with it ---------------------------------------------------------------------------------

    void onReady() {
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                connected();
            }
            if (key.isValid() && key.isWritable()) {
                flush();
            }
            if (key.isValid() && key.isReadable()) {
                read();
            }
        } catch (IOException | DataFormatException e) {
            fail(e.toString());
        }
    }

    /** Sends a message, if the echo of the last has come. */
    void talk() {
        if (!isOpen() || expected != null || unwritten != null) {
            return;
        }
        try {
            boolean large = shared.random.nextInt(50) == 0;
            byte[] message = new byte[shared.random.nextInt(large ? 20_000 : 200)];
            boolean isText = shared.random.nextBoolean();
            for (int i = 0; i < message.length; i++) {
                message[i] = (byte) ('a' + (isText ? shared.random.nextInt(3) : shared.random.nextInt(256)));
            }
            expected = message;
            int opcode = isText ? FIN_TEXT : FIN_BINARY;
            if (history == null) {
                send(opcode, message);
            } else {
                send(opcode | RSV1, shared.deflation.compress(message));
            }
        } catch (IOException e) {
            fail(e.toString());
        }
    }

    /** Ends: with a close frame, with the end of its side, or with a reset. */
    void drop() {
        try {
            switch (shared.random.nextInt(4)) {
                case 0 -> {
                    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                    over();
                }
                case 1 -> over();
                default -> {
                    if (isOpen() && unwritten == null) {
                        closeSent = true;
                        send(CLOSE, new byte[] {3, (byte) 0xe8});
                    } else {
                        over();
                    }
                }
            }
        } catch (IOException e) {
            over();
        }
    }

    // -- bytes --------------------------------------------------------------------------------------------------------

    private void connected() throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        String extensions = offersDeflate
                ? "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover; server_max_window_bits=9\r\n"
                : "";
        String head = "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" + extensions + "\r\n";
        write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
    }

    private void send(int b0, byte[] payload) throws IOException {
        ByteBuffer frame = shared.write.clear();
        frame.put((byte) b0);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.put(KEY);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ KEY[i & 3]));
        }
        write(frame.flip());
    }

    private void write(ByteBuffer bytes) throws IOException {
        if (unwritten != null) {
            unwritten = ByteBuffer.allocate(unwritten.remaining() + bytes.remaining())
                    .put(unwritten)
                    .put(bytes)
                    .flip();
            return;
        }
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            unwritten = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    private void flush() throws IOException {
        channel.write(unwritten);
        if (!unwritten.hasRemaining()) {
            unwritten = null;
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private void read() throws IOException, DataFormatException {
        ByteBuffer in = shared.read.clear();
        if (unfinished != null) {
            in.put(unfinished);
            unfinished = null;
        }
        int length = channel.read(in);
        if (length < 0) {
            if (!closeSent) {
                fail("the server ended it");
            }
            over();
            return;
        }
        shared.bytes += length;
        in.flip();
        boolean more = true;
        while (more && !isOver && in.hasRemaining()) {
            more = isOpen ? readFrame(in) : readHead(in);
        }
        if (in.hasRemaining() && !isOver) {
            unfinished = new byte[in.remaining()];
            in.get(unfinished);
        }
    }

    private boolean readHead(ByteBuffer in) {
        byte[] bytes = new byte[Math.min(in.remaining(), HEAD_LENGTH)];
        in.get(in.position(), bytes);
        String text = new String(bytes, StandardCharsets.US_ASCII);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        if (!text.startsWith("HTTP/1.1 101 ") || text.contains("permessage-deflate") != offersDeflate) {
            fail(text);
            return false;
        }
        in.position(in.position() + end + 4);
        history = offersDeflate ? new Deflation.History() : null;
        isOpen = true;
        shared.opened++;
        return true;
    }

    private boolean readFrame(ByteBuffer in) throws IOException, DataFormatException {
        int start = in.position();
        if (in.remaining() < 2) {
            return false;
        }
        int b0 = in.get() & 0xff;
        int length = in.get();
        if (length == 126) {
            if (in.remaining() < 2) {
                in.position(start);
                return false;
            }
            length = in.getShort() & 0xffff;
        }
        if (length < 0 || in.remaining() < length) {
            in.position(start);
            return false;
        }
        byte[] payload = new byte[length];
        in.get(payload);
        receive(b0, payload);
        return true;
    }

    private void receive(int b0, byte[] payload) throws IOException, DataFormatException {
        switch (b0 & ~RSV1) {
            case PING -> {
                if (!closeSent) {
                    send(PONG, payload);
                }
            }
            case CLOSE -> {
                if (closeSent) {
                    shared.closedInOrder++;
                } else {
                    fail("the server closed: " + Arrays.toString(payload));
                }
                over();
            }
            default -> {
                byte[] message = (b0 & RSV1) == 0 ? payload : shared.deflation.decompress(payload, history);
                if (!Arrays.equals(expected, message)) {
                    fail("another echo");
                }
                expected = null;
                shared.messages++;
            }
        }
    }

    private void fail(String what) {
        if (!isOver) {
            shared.failed++;
            System.out.println("failed: " + what);
        }
        over();
    }

    private void over() {
        isOver = true;
        try {
            channel.close();
        } catch (IOException e) {
            System.out.println("failed: " + e);
        }
    }
}

package io.jackfield.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A client's connection: opens, sends as many of its messages as it is told, and counts what comes back. */
final class Connection implements Loop.Selected {

    // The example of RFC 6455 section 1.3.
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private static final String END_OF_HEAD = "\r\n\r\n";

    /** Empty, under a mask of zeros. */
    private static final byte[] PING = {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0};

    /** Is told what happens; on the generator's thread. */
    interface Owner {
        void opened(Connection connection) throws IOException;

        void completed(Connection connection, int messages, int bytes) throws IOException;
    }

    /**
     * What a load opens its connections with.
     *
     * @param pings whether a connection counts as open only when it has answered a ping. A handshake may be answered before the
     *     server's application is told of the connection; a frame is not
     */
    record Request(InetSocketAddress address, String path, Traffic traffic, boolean pings) {}

    private final Loop loop;
    private final Owner owner;
    private final Request request;
    private final int number;
    private final SocketChannel channel;
    private final SelectionKey key;

    // The handshake, until it is over.
    private StringBuilder answer = new StringBuilder();
    private boolean pinged;

    // What is sent.
    private Frames frames;
    private Replies replies;
    private int queued;
    private int message;
    private int position;

    Connection(Loop loop, Owner owner, Request request, int number) throws IOException {
        this.loop = loop;
        this.owner = owner;
        this.request = request;
        this.number = number;
        // On one machine this does not wait, unless the server's queue is full; and it costs less than to be told.
        channel = SocketChannel.open(request.address());
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        // Registered first: with the loop it is closed, whatever becomes of the request.
        key = channel.register(loop.selector(), SelectionKey.OP_READ, this);
        sendRequest();
    }

    /** Its place among its owner's. */
    int number() {
        return number;
    }

    private void sendRequest() throws IOException {
        String text = "GET " + request.path() + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + request.address().getPort()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: " + KEY + "\r\n" + request.traffic().requestFields() + "\r\n";
        writeAtOnce(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void writeAtOnce(byte[] bytes) throws IOException {
        if (channel.write(ByteBuffer.wrap(bytes)) < bytes.length) {
            throw new IOException("A new socket does not take a request");
        }
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        int operations = ready.readyOps();
        if (operations == SelectionKey.OP_READ) {
            read();
        } else {
            flush();
            if ((operations & SelectionKey.OP_READ) != 0) {
                read();
            }
        }
    }

    private void read() throws IOException {
        ByteBuffer input = loop.input();
        int bytes = channel.read(input);
        if (bytes < 0) {
            throw new IOException("The server ended a connection");
        }
        input.flip();
        if (replies == null) {
            readAnswer(input);
            return;
        }
        int messages = replies.take(input);
        if (pinged && replies.pongs() > 0) {
            pinged = false;
            owner.opened(this);
        }
        owner.completed(this, messages, bytes);
    }

    private void readAnswer(ByteBuffer input) throws IOException {
        answer.append(StandardCharsets.ISO_8859_1.decode(input));
        int end = answer.indexOf(END_OF_HEAD);
        if (end < 0) {
            return;
        }
        String head = answer.toString();
        if (!head.startsWith("HTTP/1.1 101 ")
                || !head.contains(ACCEPT)
                || end + END_OF_HEAD.length() != head.length()) {
            throw new IOException("Not the answer to a handshake: " + head);
        }
        Traffic.Conversation conversation = request.traffic().begin(head);
        frames = conversation.frames();
        replies = conversation.replies();
        answer = null;
        if (request.pings() && replies.pongs() == 0) {
            pinged = true;
            writeAtOnce(PING);
        } else {
            owner.opened(this);
        }
    }

    /** Sends the next messages, as soon as the socket takes them. */
    void send(int messages) throws IOException {
        boolean waiting = queued > 0;
        queued += messages;
        if (!waiting) {
            flush();
        }
    }

    private void flush() throws IOException {
        ByteBuffer bytes = frames.bytes();
        while (queued > 0) {
            int end = frames.end(Math.min(message + queued, frames.count()) - 1);
            bytes.limit(end).position(position);
            channel.write(bytes);
            position = bytes.position();
            while (message < frames.count() && frames.end(message) <= position) {
                message++;
                queued--;
            }
            if (message == frames.count()) {
                message = frames.loopStart();
                position = frames.start(message);
            } else if (position < end) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
        }
        if (key.interestOps() != SelectionKey.OP_READ) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    void close() throws IOException {
        channel.close();
        if (replies != null) {
            replies.close();
        }
    }
}

package io.jackfield.itest.streaming;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Sends one message frame by frame and reads what comes back, at the same time, with nothing but a socket. Holds a frame of each
 * and no more.
 */
final class StreamingPeer {

    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int MASKED = 0x80;
    private static final byte[] KEY = {0x12, 0x34, 0x56, 0x78};
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
    private static final int PIECE = 64 * 1024;

    /** How the message is sent. */
    enum Form {
        /** In one frame, however long. */
        ONE_FRAME,
        /** In frames of different lengths. */
        FRAGMENTS,
        /** In frames, compressed. */
        DEFLATED
    }

    /** What came back. */
    record Echo(long length, long frames) {}

    private final Pattern pattern = new Pattern();
    private final long length;
    private final Form form;

    StreamingPeer(long length, Form form) {
        this.length = length;
        this.form = form;
    }

    /** Sends and compares. */
    Echo run(int port, String path) throws Exception {
        ExecutorService sender = Executors.newSingleThreadExecutor();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), PIECE));
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), PIECE));
            shakeHands(in, out, path);
            Callable<Void> sending = () -> {
                send(out);
                return null;
            };
            Future<Void> sent = sender.submit(sending);
            Echo echo = receive(in);
            sent.get();
            out.write(new byte[] {(byte) (FIN | CLOSE), (byte) MASKED, 0, 0, 0, 0});
            out.flush();
            return echo;
        } finally {
            sender.shutdownNow();
        }
    }

    private void shakeHands(DataInputStream in, DataOutputStream out, String path) throws IOException {
        out.writeBytes("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + (form == Form.DEFLATED ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "") + "\r\n");
        out.flush();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        boolean isCompressed = head.indexOf("permessage-deflate") > 0;
        if (head.indexOf("HTTP/1.1 101 ") != 0 || isCompressed != (form == Form.DEFLATED)) {
            throw new IOException("Refused: " + head);
        }
    }

    // -- sending ------------------------------------------------------------------------------------------------------

    private void send(DataOutputStream out) throws IOException {
        switch (form) {
            case ONE_FRAME -> {
                writeHeader(out, FIN | TEXT, length);
                byte[] piece = new byte[PIECE];
                for (long done = 0; done < length; done += PIECE) {
                    int count = (int) Math.min(PIECE, length - done);
                    pattern.copy(done, piece, count);
                    writeMasked(out, piece, count);
                }
            }
            case FRAGMENTS -> {
                int next = 1;
                for (long done = 0; done < length; ) {
                    next = next * 31 % 200_000 + 1;
                    int count = (int) Math.min(next, length - done);
                    byte[] piece = new byte[count];
                    pattern.copy(done, piece, count);
                    writeHeader(out, (done == 0 ? TEXT : 0) | (done + count == length ? FIN : 0), count);
                    writeMasked(out, piece, count);
                    done += count;
                }
            }
            case DEFLATED -> sendDeflated(out);
        }
        out.flush();
    }

    private void sendDeflated(DataOutputStream out) throws IOException {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        byte[] piece = new byte[PIECE];
        byte[] compressed = new byte[2 * PIECE];
        for (long done = 0; done < length; done += PIECE) {
            int count = (int) Math.min(PIECE, length - done);
            pattern.copy(done, piece, count);
            deflater.setInput(piece, 0, count);
            boolean isLast = done + count == length;
            int size = deflater.deflate(
                    compressed, 0, compressed.length, isLast ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH);
            int sent = isLast ? size - TAIL.length : size;
            writeHeader(out, (done == 0 ? TEXT | RSV1 : 0) | (isLast ? FIN : 0), sent);
            writeMasked(out, compressed, sent);
        }
        deflater.end();
    }

    private static void writeHeader(DataOutputStream out, int b0, long length) throws IOException {
        out.writeByte(b0);
        if (length < 126) {
            out.writeByte(MASKED | (int) length);
        } else if (length < 65_536) {
            out.writeByte(MASKED | 126);
            out.writeShort((int) length);
        } else {
            out.writeByte(MASKED | 127);
            out.writeLong(length);
        }
        out.write(KEY);
    }

    /** Each piece begins where the masking key begins. */
    private static void writeMasked(DataOutputStream out, byte[] bytes, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            bytes[i] ^= KEY[i & 3];
        }
        out.write(bytes, 0, count);
    }

    // -- receiving ----------------------------------------------------------------------------------------------------

    private Echo receive(DataInputStream in) throws IOException, DataFormatException {
        Inflater inflater = new Inflater(true);
        byte[] piece = new byte[PIECE];
        long received = 0;
        long frames = 0;
        boolean isLast = false;
        while (!isLast) {
            int b0 = in.readUnsignedByte();
            int expected = frames == 0 ? TEXT : 0;
            if ((b0 & 0xf) != expected) {
                throw new IOException("Unexpected frame: " + Integer.toHexString(b0) + " behind " + received);
            }
            boolean isDeflated = form == Form.DEFLATED;
            isLast = (b0 & FIN) != 0;
            frames++;
            for (long left = readLength(in); left > 0; ) {
                int count = in.read(piece, 0, (int) Math.min(PIECE, left));
                if (count < 0) {
                    throw new EOFException("behind " + received);
                }
                left -= count;
                received += isDeflated ? inflate(inflater, piece, count, received) : compare(piece, count, received);
            }
        }
        if (form == Form.DEFLATED) {
            received += inflate(inflater, TAIL, TAIL.length, received);
        }
        inflater.end();
        return new Echo(received, frames);
    }

    private static long readLength(DataInputStream in) throws IOException {
        int b1 = in.readUnsignedByte();
        return b1 < 126 ? b1 : b1 == 126 ? in.readUnsignedShort() : in.readLong();
    }

    private int compare(byte[] bytes, int count, long place) throws IOException {
        if (!pattern.matches(place, bytes, count)) {
            throw new IOException("Not what was sent, between " + place + " and " + (place + count));
        }
        return count;
    }

    private long inflate(Inflater inflater, byte[] bytes, int count, long place)
            throws IOException, DataFormatException {
        byte[] inflated = new byte[PIECE];
        inflater.setInput(bytes, 0, count);
        long total = 0;
        int size = inflater.inflate(inflated);
        while (size > 0) {
            total += compare(inflated, size, place + total);
            size = inflater.inflate(inflated);
        }
        return total;
    }
}

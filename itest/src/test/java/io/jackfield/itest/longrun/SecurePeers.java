package io.jackfield.itest.longrun;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A thread with some TLS connections, one of which speaks at a time. */
final class SecurePeers extends Thread {

    private static final int PATIENCE_MILLIS = 300_000;
    private static final byte[] HEAD =
            ("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);

    private final SSLContext tls;
    private final int port;
    private final int number;
    private final long end;
    private final Random random;
    private final List<SSLSocket> sockets = new ArrayList<>();

    private long opened;
    private long messages;
    private long failed;

    SecurePeers(SSLContext tls, int port, int number, long end, long seed) {
        super("secure-peers-" + seed);
        this.tls = tls;
        this.port = port;
        this.number = number;
        this.end = end;
        this.random = new Random(seed);
    }

    long opened() {
        return opened;
    }

    long messages() {
        return messages;
    }

    long failed() {
        return failed;
    }

    @Override
    public void run() {
        try {
            while (System.nanoTime() - end < 0) {
                if (sockets.size() < number) {
                    sockets.add(open());
                }
                echo(sockets.get(random.nextInt(sockets.size())));
                if (random.nextInt(5) == 0) {
                    drop(sockets.remove(random.nextInt(sockets.size())));
                }
            }
        } catch (IOException e) {
            failed++;
            System.out.println("failed: TLS: " + e);
        } finally {
            sockets.forEach(this::drop);
        }
    }

    private SSLSocket open() throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(HEAD);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("ended in the head");
            }
            head.append((char) next);
        }
        opened++;
        return socket;
    }

    private void echo(SSLSocket socket) throws IOException {
        byte[] message = new byte[random.nextInt(126)];
        random.nextBytes(message);
        byte[] frame = new byte[6 + message.length];
        frame[0] = (byte) 0x82;
        frame[1] = (byte) (0x80 | message.length);
        System.arraycopy(message, 0, frame, 6, message.length);
        socket.getOutputStream().write(frame);
        DataInputStream input = new DataInputStream(socket.getInputStream());
        int opcode = input.readUnsignedByte();
        while (opcode == 0x89) {
            // A ping that came while another connection spoke: answered with its payload and the key 0.
            byte[] ping = input.readNBytes(input.readUnsignedByte());
            byte[] pong = new byte[6 + ping.length];
            pong[0] = (byte) 0x8a;
            pong[1] = (byte) (0x80 | ping.length);
            System.arraycopy(ping, 0, pong, 6, ping.length);
            socket.getOutputStream().write(pong);
            opcode = input.readUnsignedByte();
        }
        byte[] answer = input.readNBytes(input.readUnsignedByte());
        if (opcode != 0x82 || !Arrays.equals(message, answer)) {
            throw new IOException("another echo, first byte " + opcode);
        }
        messages++;
    }

    private void drop(SSLSocket socket) {
        try {
            if (random.nextBoolean()) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            // So it ends as well.
        }
    }
}

package io.jackfield.server.transport;

import io.jackfield.api.Request;
import io.jackfield.server.loop.AdoptedKey;
import io.jackfield.server.upgrade.ContainerConnection;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A connection of another HTTP server, which speaks TLS itself where that is spoken. Used on the connection's loop alone, except
 * where a method says otherwise.
 */
public final class AdoptedTransport implements Transport {

    private final AdoptedKey key;
    private final boolean secure;
    private final List<X509Certificate> peerCertificates;
    private final InetSocketAddress remoteAddress;

    /** Null until the other server has given it away. */
    private ContainerConnection connection;

    private boolean closed;

    /** Whether the connection is to be asked for input: until it has none, and again when it tells of some. */
    private boolean mayHaveInput;

    /**
     * @param key where the adapter tells that the connection is ready
     * @param request tells of the connection what the other server knows
     */
    public AdoptedTransport(AdoptedKey key, Request request) {
        this.key = key;
        secure = request.isSecure();
        peerCertificates = request.peerCertificates();
        remoteAddress = request.remoteAddress().orElse(null);
    }

    /**
     * The other server gives the connection away.
     *
     * @param given the connection; closed at once if this is
     */
    public void connect(ContainerConnection given) {
        if (closed) {
            given.close();
        } else {
            connection = given;
            mayHaveInput = true;
        }
    }

    /** There is input, or its end. Any thread may call it. */
    public void readable() {
        key.loop().execute(() -> {
            mayHaveInput = connection != null;
            key.ready(SelectionKey.OP_READ);
        });
    }

    /** More can be written. Any thread may call it. */
    public void writable() {
        key.loop().execute(() -> key.ready(SelectionKey.OP_WRITE));
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int length = connection.read(target);
        mayHaveInput = length > 0;
        return length;
    }

    @Override
    public boolean hasBufferedInput() {
        return mayHaveInput;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        requireConnection().write(source);
    }

    @Override
    public void write(ByteBuffer[] sources, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(sources[i]);
            if (sources[i].hasRemaining()) {
                return;
            }
        }
    }

    @Override
    public boolean flush() throws IOException {
        return requireConnection().flush();
    }

    @Override
    public void shutdownOutput() throws IOException {
        requireConnection().shutdownOutput();
    }

    private ContainerConnection requireConnection() throws IOException {
        if (connection == null) {
            throw new EOFException("the container has not given the connection away");
        }
        return connection;
    }

    @Override
    public void close() {
        closed = true;
        key.cancel();
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public List<X509Certificate> peerCertificates() {
        return peerCertificates;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }
}

package io.jackfield.server.connection;

import io.jackfield.server.proxy.ProxyHeader;
import io.jackfield.server.proxy.ProxyHeaderParser;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The start of a connection from a proxy that speaks the PROXY protocol: its header, before TLS and before the opening
 * handshake, whose time has begun already. The first byte that does not fit ends the connection without an answer.
 */
final class ProxyHeaderPhase implements Phase {

    private final Connection connection;
    private final OpeningPhase opening;
    private final ProxyHeaderParser parser = new ProxyHeaderParser();

    /**
     * @param opening follows, and keeps the time
     */
    ProxyHeaderPhase(Connection connection, OpeningPhase opening) {
        this.connection = connection;
        this.opening = opening;
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        Optional<ProxyHeader> header;
        try {
            header = parser.parse(bytes);
        } catch (ProtocolException e) {
            connection.fail(e);
            return;
        }
        if (header.isPresent()) {
            connection.become(opening);
            connection.leaveProxyHeader(header.get(), bytes);
            if (bytes.hasRemaining()) {
                opening.onBytes(bytes);
            }
        }
    }

    @Override
    public void onInputEnd() {
        // As proxies do that only look whether anybody listens.
        connection.fail(new EOFException("the proxy closed"));
    }

    @Override
    public void onFlushed() {
        // There is no output yet.
    }

    @Override
    public void onTransportFailure(IOException failure) {
        opening.onTransportFailure(failure);
    }

    @Override
    public void onGoingAway() {
        opening.onGoingAway();
    }
}

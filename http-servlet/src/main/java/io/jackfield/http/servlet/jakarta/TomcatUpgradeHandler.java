package io.jackfield.http.servlet.jakarta;

import io.jackfield.http.servlet.TomcatConnection;
import io.jackfield.server.upgrade.Upgrade;
import jakarta.servlet.http.WebConnection;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * What Tomcat makes and hands the connection to. Behind a {@code ReadListener} Tomcat waits for input again whether somebody wants
 * it or not, and would call without end while reading pauses; to this handler it leaves when to wait.
 */
public final class TomcatUpgradeHandler implements InternalHttpUpgradeHandler {

    private Upgrade upgrade;
    private SocketWrapperBase<?> socket;

    /** Called by the container. */
    public TomcatUpgradeHandler() {}

    /** Called behind {@code HttpServletRequest.upgrade}, before the container calls {@link #init}. */
    void connectTo(Upgrade target) {
        upgrade = target;
    }

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
        socket = wrapper;
    }

    @Override
    public void init(WebConnection container) {
        if (socket == null) {
            IOException stranger =
                    new IOException("Tomcat's classes are there, but it is another container that calls");
            upgrade.fail(stranger);
            throw new UncheckedIOException(stranger);
        }
        upgrade.connect(new TomcatConnection(socket));
    }

    @Override
    public void destroy() {
        upgrade.fail(new EOFException("the container has ended the connection"));
    }

    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        switch (event) {
            case OPEN_READ -> upgrade.readable();
            case OPEN_WRITE -> upgrade.writable();
            default -> {
                upgrade.fail(new EOFException("the container has ended the connection: " + event));
                return SocketState.CLOSED;
            }
        }
        // Not to be waited for by Tomcat, until it is asked to.
        return SocketState.SUSPENDED;
    }

    @Override
    public void timeoutAsync(long now) {
        // There is no time limit here.
    }

    @Override
    public void setSslSupport(SSLSupport support) {
        // The request has told already what is to be known of TLS.
    }

    @Override
    public void pause() {
        // Tomcat stops soon; the server is closed by whoever owns it.
    }
}

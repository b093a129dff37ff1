package io.jackfield.http.jetty;

import io.jackfield.http.servlet.ContainerRequest;
import io.jackfield.http.servlet.ProtocolSwitch;
import io.jackfield.server.upgrade.Upgrade;
import java.io.IOException;
import java.util.Optional;

/**
 * Leaves the next connection in the request attribute where Jetty looks for it behind a 101. Where there is no Jetty it knows no
 * request.
 */
public final class JettySwitch implements ProtocolSwitch {

    /** Where Jetty 9.4 to 11 have a request's connection. */
    private static final String CONNECTION = "org.eclipse.jetty.server.HttpConnection";

    /** Null without the classes of Jetty 12. */
    private final Jetty12 jetty12 = findJetty12();

    /** Called by {@link java.util.ServiceLoader}. */
    public JettySwitch() {}

    private static Jetty12 findJetty12() {
        try {
            return new Jetty12();
        } catch (NoClassDefFoundError e) {
            return null;
        }
    }

    @Override
    public boolean knows(ContainerRequest request) {
        return connection(request).isPresent();
    }

    @Override
    public void switchProtocols(ContainerRequest request, Upgrade upgrade) throws IOException {
        NextConnection.leave(
                request,
                connection(request).orElseThrow(() -> new IOException("This is no connection of Jetty")),
                upgrade);
    }

    private Optional<?> connection(ContainerRequest request) {
        Object older = request.attribute(CONNECTION);
        return older != null || jetty12 == null
                ? Optional.ofNullable(older)
                : jetty12.connection(request.servletRequest());
    }
}

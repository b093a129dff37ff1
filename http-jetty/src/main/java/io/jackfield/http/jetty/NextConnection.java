package io.jackfield.http.jetty;

import io.jackfield.http.servlet.ContainerRequest;
import io.jackfield.server.upgrade.Upgrade;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.io.Connection;

/** The attributes where Jetty looks for the next connection. A class of its own, since it needs Jetty's. */
final class NextConnection {

    /** Of 12, of 10 and 11, and of 9.4; those of another version mean nothing to a Jetty. */
    private static final List<String> ATTRIBUTES = List.of(
            "org.eclipse.jetty.server.HttpStream.upgradeConnection",
            "org.eclipse.jetty.server.HttpTransport.UPGRADE",
            "org.eclipse.jetty.server.HttpConnection.UPGRADE");

    private NextConnection() {}

    /** Leaves a connection that takes the place of the one that has read the request. */
    static void leave(ContainerRequest request, Object current, Upgrade upgrade) throws IOException {
        if (!(current instanceof Connection http)) {
            throw new IOException("This is no HTTP/1.1 connection of Jetty: " + current);
        }
        JettyConnection next = new JettyConnection(http.getEndPoint(), upgrade);
        ATTRIBUTES.forEach(name -> request.attribute(name, next));
    }
}

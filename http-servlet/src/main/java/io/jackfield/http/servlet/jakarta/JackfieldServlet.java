package io.jackfield.http.servlet.jakarta;

import io.jackfield.http.servlet.WebSocketGate;
import io.jackfield.server.WebSocketServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Makes the endpoints of a Jackfield server reachable below the path that it is mapped to, on the container's port and with its
 * TLS: mapped to {@code /ws/*}, it serves the endpoint {@code /echo} at {@code /ws/echo}. Requests for anything but a WebSocket
 * are answered as the server answers them.
 */
public final class JackfieldServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient WebSocketGate gate;

    /**
     * A servlet for a server.
     *
     * @param server the server, which the caller starts and closes
     */
    public JackfieldServlet(WebSocketServer server) {
        this(new WebSocketGate(server));
    }

    /**
     * A servlet for a server that may come and go.
     *
     * @param gate leads to it
     */
    public JackfieldServlet(WebSocketGate gate) {
        this.gate = gate;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        gate.serve(new JakartaExchange(request, response));
    }
}

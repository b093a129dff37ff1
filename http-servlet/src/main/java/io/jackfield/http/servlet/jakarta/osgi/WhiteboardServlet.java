package io.jackfield.http.servlet.jakarta.osgi;

import io.jackfield.http.servlet.ProtocolSwitch;
import io.jackfield.http.servlet.WebSocketGate;
import io.jackfield.http.servlet.jakarta.JackfieldServlet;
import io.jackfield.server.WebSocketServer;
import jakarta.servlet.Servlet;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;

/** A servlet of the HTTP whiteboard (OSGi Compendium) that leads to the server that is a service. */
final class WhiteboardServlet {

    /** Framework property: the path below which the endpoints are found. */
    private static final String PATTERN = "jackfield.http.pattern";

    private static final String DEFAULT_PATTERN = "/ws/*";

    private final ServiceTracker<WebSocketServer, WebSocketServer> servers;
    private final ServiceTracker<ProtocolSwitch, ProtocolSwitch> switches;
    private final List<ProtocolSwitch> builtIn = WebSocketGate.builtIn();
    private ServiceRegistration<Servlet> registration;

    private WhiteboardServlet(BundleContext context) {
        servers = new ServiceTracker<>(context, WebSocketServer.class, null);
        switches = new ServiceTracker<>(context, ProtocolSwitch.class, null);
    }

    static WhiteboardServlet register(BundleContext context) {
        WhiteboardServlet whiteboard = new WhiteboardServlet(context);
        Servlet servlet = new JackfieldServlet(new WebSocketGate(whiteboard.servers::getService, whiteboard::switches));
        whiteboard.servers.open();
        whiteboard.switches.open();
        String pattern = context.getProperty(PATTERN);
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("osgi.http.whiteboard.servlet.pattern", pattern == null ? DEFAULT_PATTERN : pattern);
        properties.put("osgi.http.whiteboard.servlet.name", "jackfield");
        whiteboard.registration = context.registerService(Servlet.class, servlet, properties);
        return whiteboard;
    }

    private List<ProtocolSwitch> switches() {
        List<ProtocolSwitch> all = new ArrayList<>(builtIn);
        all.addAll(switches.getTracked().values());
        return all;
    }

    void close() {
        registration.unregister();
        switches.close();
        servers.close();
    }
}

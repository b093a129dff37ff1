import io.jackfield.http.servlet.jakarta.JackfieldServlet;
import io.jackfield.server.WebSocketServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** An embedded Jetty: a key store and its password as arguments; tells its ports, and ends with its input. */
public final class JettyMain {

    public static void main(String[] words) throws Exception {
        try (WebSocketServer websockets = Endpoints.start()) {
            Server server = new Server();
            ServerConnector plain = new ServerConnector(server);
            ServerConnector secure = secure(server, words);
            for (ServerConnector connector : new ServerConnector[] {plain, secure}) {
                connector.setHost("127.0.0.1");
                server.addConnector(connector);
            }
            // Shorter than what a test waits for: an upgraded connection must not feel it.
            plain.setIdleTimeout(2000);
            ServletContextHandler context = new ServletContextHandler();
            context.setContextPath("/app");
            context.addServlet(new ServletHolder(new Hello()), "/hello");
            context.addServlet(new ServletHolder(new JackfieldServlet(websockets)), "/ws/*");
            server.setHandler(context);
            server.start();
            System.out.println("PORTS " + plain.getLocalPort() + " " + secure.getLocalPort());
            System.in.read();
            server.stop();
        }
    }

    private static ServerConnector secure(Server server, String[] words) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(words[0]);
        tls.setKeyStorePassword(words[1]);
        HttpConfiguration https = new HttpConfiguration();
        https.addCustomizer(new SecureRequestCustomizer());
        return new ServerConnector(server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(https));
    }

    /** A servlet beside the endpoints. */
    private static final class Hello extends HttpServlet {

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("hello");
        }
    }
}

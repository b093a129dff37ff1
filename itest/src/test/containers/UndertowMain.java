import io.jackfield.http.servlet.jakarta.JackfieldServlet;
import io.jackfield.server.WebSocketServer;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An embedded Undertow: a key store and its password as arguments; tells its ports, and ends with its input. */
public final class UndertowMain {

    public static void main(String[] words) throws Exception {
        try (WebSocketServer websockets = Endpoints.start()) {
            DeploymentInfo application = Servlets.deployment()
                    .setClassLoader(UndertowMain.class.getClassLoader())
                    .setContextPath("/app")
                    .setDeploymentName("app")
                    .addServlets(
                            Servlets.servlet("hello", Hello.class, new ImmediateInstanceFactory<Servlet>(new Hello()))
                                    .addMapping("/hello"),
                            Servlets.servlet(
                                            "ws",
                                            JackfieldServlet.class,
                                            new ImmediateInstanceFactory<Servlet>(new JackfieldServlet(websockets)))
                                    .addMapping("/ws/*"));
            DeploymentManager manager = Servlets.defaultContainer().addDeployment(application);
            manager.deploy();
            Undertow server = Undertow.builder()
                    .addHttpListener(0, "127.0.0.1")
                    .addHttpsListener(0, "127.0.0.1", tls(words))
                    .setHandler(new PathHandler().addPrefixPath("/app", manager.start()))
                    .build();
            server.start();
            List<Undertow.ListenerInfo> listeners = server.getListenerInfo();
            System.out.println("PORTS " + port(listeners.get(0)) + " " + port(listeners.get(1)));
            System.in.read();
            server.stop();
        }
    }

    private static int port(Undertow.ListenerInfo listener) {
        return ((InetSocketAddress) listener.getAddress()).getPort();
    }

    private static SSLContext tls(String[] words) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = new FileInputStream(words[0])) {
            store.load(input, words[1].toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, words[1].toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** A servlet beside the endpoints. */
    private static final class Hello extends HttpServlet {

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("hello");
        }
    }
}

import io.jackfield.http.servlet.jakarta.JackfieldServlet;
import io.jackfield.server.WebSocketServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** An embedded Tomcat: a key store and its password as arguments; tells its ports, and ends with its input. */
public final class TomcatMain {

    public static void main(String[] words) throws Exception {
        try (WebSocketServer server = Endpoints.start()) {
            Tomcat tomcat = new Tomcat();
            File folder = Files.createTempDirectory("tomcat").toFile();
            tomcat.setBaseDir(folder.getPath());
            Connector plain = connector(false, words);
            Connector secure = connector(true, words);
            tomcat.setConnector(plain);
            tomcat.getService().addConnector(secure);
            Context context = tomcat.addContext("/app", folder.getPath());
            Tomcat.addServlet(context, "hello", new Hello());
            context.addServletMappingDecoded("/hello", "hello");
            Tomcat.addServlet(context, "ws", new JackfieldServlet(server));
            context.addServletMappingDecoded("/ws/*", "ws");
            tomcat.start();
            System.out.println("PORTS " + plain.getLocalPort() + " " + secure.getLocalPort());
            System.in.read();
            tomcat.stop();
        }
    }

    private static Connector connector(boolean tls, String[] words) {
        Connector connector = new Connector(words.length > 2 ? words[2] : "HTTP/1.1");
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(0);
        if (tls) {
            connector.setSecure(true);
            connector.setScheme("https");
            connector.setProperty("SSLEnabled", "true");
            SSLHostConfig host = new SSLHostConfig();
            SSLHostConfigCertificate certificate =
                    new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
            certificate.setCertificateKeystoreFile(words[0]);
            certificate.setCertificateKeystorePassword(words[1]);
            host.addCertificate(certificate);
            connector.addSslHostConfig(host);
        }
        return connector;
    }

    /** A servlet beside the endpoints. */
    private static final class Hello extends HttpServlet {

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("hello");
        }
    }
}

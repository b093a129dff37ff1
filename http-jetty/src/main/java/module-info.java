/** What the adapter for Servlet containers needs besides where the container is Jetty. */
module io.jackfield.http.jetty {
    requires static jakarta.servlet;
    requires static org.eclipse.jetty.ee10.servlet;
    requires static org.eclipse.jetty.server;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;
    requires static osgi.core;
    requires transitive io.jackfield.http.servlet;
    requires org.eclipse.jetty.io;
    requires org.eclipse.jetty.util;

    exports io.jackfield.http.jetty;

    provides io.jackfield.http.servlet.ProtocolSwitch with
            io.jackfield.http.jetty.JettySwitch;
}

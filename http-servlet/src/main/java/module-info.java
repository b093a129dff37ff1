/** An adapter by which a Jackfield server is reachable on the port of a Servlet container. */
module io.jackfield.http.servlet {
    requires static jakarta.servlet;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;
    requires static osgi.core;
    requires transitive io.jackfield.server;

    exports io.jackfield.http.servlet;
    exports io.jackfield.http.servlet.jakarta;

    uses io.jackfield.http.servlet.ProtocolSwitch;
}

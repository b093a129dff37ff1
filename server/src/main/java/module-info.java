/**
 * The WebSocket server: sockets, TLS, opening handshakes, endpoints and life cycle. Its packages, and which uses which:
 *
 * <p><img src="doc-files/packages.svg" style="max-width: 100%" alt="Packages of the server">
 */
module io.jackfield.server {
    requires static java.management;
    requires static jdk.jfr;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;
    requires static org.osgi.service.cm;
    requires static osgi.core;
    requires transitive io.jackfield.api;
    requires io.jackfield.codec;

    exports io.jackfield.server;
    exports io.jackfield.server.management to
            java.management;
    exports io.jackfield.server.upgrade;

    uses io.jackfield.api.extension.Extension;
}

/**
 * RFC 6455 without I/O: {@link io.jackfield.codec.Driver} is fed the bytes of a connection and hands out messages, is
 * given messages and hands out bytes; {@link io.jackfield.codec.handshake} does the same for the opening handshake. It
 * knows no socket, no thread and no clock. Its packages, and which uses which:
 *
 * <p><img src="doc-files/packages.svg" style="max-width: 100%" alt="Packages of the codec">
 */
module io.jackfield.codec {
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;
    requires transitive io.jackfield.api;

    exports io.jackfield.codec;
    exports io.jackfield.codec.handshake;
}

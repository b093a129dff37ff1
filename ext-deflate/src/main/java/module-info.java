/** The permessage-deflate extension (RFC 7692). Found by {@link java.util.ServiceLoader} or as an OSGi service. */
module io.jackfield.ext.deflate {
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;
    requires transitive io.jackfield.api;

    exports io.jackfield.ext.deflate;
}

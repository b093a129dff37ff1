/**
 * The permessage-deflate extension (RFC 7692). Found by {@link java.util.ServiceLoader}, also where an OSGi framework
 * mediates it; or made by hand with {@link io.jackfield.ext.deflate.PermessageDeflate#builder()} and given in the
 * options. Its place:
 *
 * <p><img src="doc-files/packages.svg" style="max-width: 100%" alt="The package, which uses the API">
 */
module io.jackfield.ext.deflate {
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;
    requires transitive io.jackfield.api;

    exports io.jackfield.ext.deflate;

    provides io.jackfield.api.extension.Extension with
            io.jackfield.ext.deflate.PermessageDeflate;
}

/**
 * What users and third parties of Jackfield program against: the {@link io.jackfield.api.WebSocket} and its
 * {@link io.jackfield.api.Event events}, the {@link io.jackfield.api.Handler} that receives connections, the
 * {@link io.jackfield.api.Options}, and the {@link io.jackfield.api.extension.Extension} SPI.
 *
 * <p>Depends on nothing but {@code java.base}. Its packages, and which uses which:
 *
 * <p><img src="doc-files/packages.svg" style="max-width: 100%" alt="Packages of the API">
 */
module io.jackfield.api {
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;
    requires static org.osgi.service.component.annotations;

    exports io.jackfield.api;
    exports io.jackfield.api.extension;
    exports io.jackfield.api.statistics;
}

package io.jackfield.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Locale;
import java.util.jar.Manifest;

/** The four library modules, as this build has made them: a folder of classes or a jar, whichever the build is at. */
enum Library {
    API("io.jackfield.api", "ReadyState"),
    CODEC("io.jackfield.codec", "Driver"),
    EXT_DEFLATE("io.jackfield.ext.deflate", "package-info"),
    SERVER("io.jackfield.server", "package-info");

    /** The name of the module, of the bundle and of the root package. */
    final String moduleName;

    private final String witness;

    Library(String moduleName, String witness) {
        this.moduleName = moduleName;
        this.witness = witness;
    }

    /** Where the module's classes lie. */
    URL location() {
        try {
            return Class.forName(moduleName + "." + witness)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Not on the test's path: " + moduleName, e);
        }
    }

    ModuleDescriptor descriptor() throws IOException {
        try (InputStream in = open("module-info.class")) {
            return ModuleDescriptor.read(in);
        }
    }

    Manifest manifest() throws IOException {
        try (InputStream in = open("META-INF/MANIFEST.MF")) {
            return new Manifest(in);
        }
    }

    @SuppressWarnings("resource") // The stream outlives its loader: closing the loader would close the stream.
    private InputStream open(String file) throws IOException {
        URL found = new URLClassLoader(new URL[] {location()}, null).findResource(file);
        if (found == null) {
            throw new IllegalStateException("No " + file + " in " + location());
        }
        return found.openStream();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package io.jackfield.itest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.BundleActivator;

/** A bundle of some classes of the tests and files made up for it: what a stranger's build would put into a jar. */
final class TestBundle {

    /** The type of service that extensions are. */
    static final String EXTENSION = "io.jackfield.api.extension.Extension";

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<Class<?>> classes = new ArrayList<>();
    private final Map<String, String> files = new LinkedHashMap<>();

    private TestBundle() {}

    static TestBundle named(String symbolicName) {
        return new TestBundle()
                .header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", symbolicName)
                .header("Import-Package", "org.osgi.framework,io.jackfield.api,io.jackfield.api.extension");
    }

    /** A bundle that has the name of its activator's package. */
    static TestBundle of(Class<? extends BundleActivator> activator) {
        return named(activator.getPackageName())
                .header("Bundle-Activator", activator.getName())
                .classes(activator);
    }

    /** A bundle without code for OSGi, whose extensions are named in {@code META-INF/services}. */
    static TestBundle ofProviders(String symbolicName, Class<?>... providers) {
        return named(symbolicName).classes(providers).services(names(providers));
    }

    TestBundle header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Adds classes and what is nested in them. */
    TestBundle classes(Class<?>... more) {
        for (Class<?> type : more) {
            classes.add(type);
            classes(type.getDeclaredClasses());
        }
        return this;
    }

    TestBundle file(String path, String content) {
        files.put(path, content);
        return this;
    }

    /** Names extensions, whether or not their classes are in the bundle. */
    TestBundle services(String... providers) {
        return file("META-INF/services/" + EXTENSION, String.join("\n", providers));
    }

    /** The jar. */
    InputStream pack() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Class<?> type : classes) {
                String name = type.getName().replace('.', '/') + ".class";
                try (InputStream code = type.getClassLoader().getResourceAsStream(name)) {
                    add(jar, name, code);
                }
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                add(jar, file.getKey(), new ByteArrayInputStream(content));
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static void add(JarOutputStream jar, String name, InputStream content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        content.transferTo(jar);
        jar.closeEntry();
    }

    private static String[] names(Class<?>... types) {
        return List.of(types).stream().map(Class::getName).toArray(String[]::new);
    }
}

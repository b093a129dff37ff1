package io.jackfield.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/** A framework in this process with the bundles of the distribution. It stops when the process is told to. */
final class EmbeddedFramework {

    private static final long STOP_TIMEOUT_MILLIS = 10_000;

    private final Framework framework;
    private final Path storage;
    private final LaunchOptions options;

    private EmbeddedFramework(Framework framework, Path storage, LaunchOptions options) {
        this.framework = framework;
        this.storage = storage;
        this.options = options;
    }

    /**
     * Starts a framework and in it all bundles.
     *
     * @param options configure the server
     * @return a framework whose server listens
     * @throws BadOptionException if the server cannot use an option
     * @throws BundleException if it does not start for another reason
     * @throws IOException if there is no place for temporary files
     */
    static EmbeddedFramework start(LaunchOptions options) throws BadOptionException, BundleException, IOException {
        Path storage = Files.createTempDirectory("jackfield-");
        Map<String, String> configuration = serverProperties(options);
        configuration.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        // Nobody needs bundle: addresses outside the framework, and without them no factory of the JDK is replaced.
        configuration.put("felix.service.urlhandlers", "false");
        Framework framework = new FrameworkFactory().newFramework(configuration);
        EmbeddedFramework embedded = new EmbeddedFramework(framework, storage, options);
        Runtime.getRuntime().addShutdownHook(new Thread(embedded::stop, "jackfield-stop"));
        framework.init();
        framework.start();
        embedded.startBundles();
        return embedded;
    }

    /** Where a browser finds the page. */
    String url() {
        BundleContext context = framework.getBundleContext();
        ServiceReference<?> server = context.getServiceReference("io.jackfield.server.WebSocketServer");
        boolean everywhere = options.host().equals("0.0.0.0") || options.host().equals("::");
        String host = everywhere ? "localhost" : options.host();
        return "%s://%s:%s/"
                .formatted(
                        options.keyStore() == null ? "http" : "https",
                        host.contains(":") ? "[" + host + "]" : host,
                        server.getProperty("jackfield.port"));
    }

    void waitForStop() throws InterruptedException {
        framework.waitForStop(0);
    }

    private static Map<String, String> serverProperties(LaunchOptions options) {
        Map<String, String> properties = new HashMap<>();
        properties.put("jackfield.port", String.valueOf(options.port()));
        properties.put("jackfield.host", options.host());
        putIfSet(properties, "jackfield.loops", options.loops());
        putIfSet(properties, "jackfield.option.maxLength", options.maxLength());
        putIfSet(properties, "jackfield.option.handshakeTimeout", options.handshakeTimeout());
        putIfSet(properties, "jackfield.tls.keystore", options.keyStore());
        properties.put("jackfield.tls.password", options.keyStorePassword());
        return properties;
    }

    private static void putIfSet(Map<String, String> properties, String key, Object value) {
        if (value != null) {
            properties.put(key, value.toString());
        }
    }

    /** The server last, so that it finds all that is plugged into it when it begins to listen. */
    private void startBundles() throws BadOptionException, BundleException, IOException {
        List<String> names = new ArrayList<>(List.of("jackfield-api", "jackfield-codec"));
        if (options.deflate()) {
            names.add("jackfield-ext-deflate");
        }
        names.addAll(List.of("jackfield-dist-demo", "jackfield-server"));
        List<Bundle> bundles = new ArrayList<>();
        for (String name : names) {
            bundles.add(install("bundles/" + name + ".jar"));
        }
        for (Bundle bundle : bundles) {
            start(bundle);
        }
    }

    private Bundle install(String entry) throws BundleException, IOException {
        try (InputStream in = EmbeddedFramework.class.getResourceAsStream("/" + entry)) {
            if (in == null) {
                throw new IOException(entry + " is missing in the jar");
            }
            return framework.getBundleContext().installBundle(entry, in);
        }
    }

    private static void start(Bundle bundle) throws BadOptionException, BundleException {
        try {
            bundle.start();
        } catch (BundleException e) {
            // The server refuses a property with an IllegalArgumentException that names it.
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new BadOptionException(refused.getMessage());
            }
            throw e.getCause() instanceof IOException failed ? new BundleException(failed.getMessage(), failed) : e;
        }
    }

    private void stop() {
        try {
            framework.stop();
            framework.waitForStop(STOP_TIMEOUT_MILLIS);
        } catch (BundleException | InterruptedException e) {
            System.err.println("jackfield: stopped the hard way: " + e.getMessage());
        }
        try (Stream<Path> files = Files.walk(storage)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("jackfield: " + storage + " is left behind: " + e.getMessage());
        }
    }
}

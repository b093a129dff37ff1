package io.jackfield.itest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/** The OSGi framework that is on the class path, in this process, with a server on a port that the system chose. */
final class OsgiFramework implements AutoCloseable {

    private static final String SERVER = "io.jackfield.server.WebSocketServer";

    private final Framework framework;
    private final Map<String, Bundle> bundles = new HashMap<>();

    private OsgiFramework(Framework framework) {
        this.framework = framework;
    }

    /** Starts a framework without bundles. */
    static OsgiFramework start() throws IOException, BundleException {
        return start(Map.of("jackfield.host", "127.0.0.1", "jackfield.port", "0", "jackfield.loops", "1"));
    }

    /** Starts a framework without bundles, with properties of ours. */
    static OsgiFramework start(Map<String, String> jackfield) throws IOException, BundleException {
        Map<String, String> properties = new HashMap<>(jackfield);
        properties.put(
                "org.osgi.framework.storage",
                Files.createTempDirectory(Workplace.TARGET, "framework").toString());
        properties.put("org.osgi.framework.storage.clean", "onFirstInit");
        // Felix would guess that a bundle may want classes of the tests\' class path.
        properties.put("felix.bootdelegation.implicit", "false");
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(properties);
        framework.start();
        return new OsgiFramework(framework);
    }

    /** Which framework it is. */
    String name() {
        return framework.getSymbolicName();
    }

    /** Installs our bundles and starts them. */
    OsgiFramework startJackfield() throws IOException, BundleException {
        startAll(Workplace.BUNDLES);
        return this;
    }

    /** Installs all bundles of a folder and starts them. */
    List<Bundle> startAll(Path folder) throws IOException, BundleException {
        List<Bundle> installed = new ArrayList<>();
        try (Stream<Path> jars = Files.list(folder)) {
            for (Path jar : jars.sorted().toList()) {
                installed.add(
                        framework.getBundleContext().installBundle(jar.toUri().toString()));
            }
        }
        for (Bundle bundle : installed) {
            bundle.start();
            bundles.put(bundle.getSymbolicName(), bundle);
        }
        return installed;
    }

    /** Installs a bundle and starts it. */
    Bundle start(Path jar) throws BundleException {
        Bundle bundle = framework.getBundleContext().installBundle(jar.toUri().toString());
        bundle.start();
        return bundle;
    }

    /** Installs a bundle and starts it. */
    Bundle start(String location, TestBundle contents) throws IOException, BundleException {
        Bundle bundle = framework.getBundleContext().installBundle("test:" + location, contents.pack());
        bundle.start();
        return bundle;
    }

    /** Makes a bundle of an activator, installs and starts it. */
    Bundle startBundleOf(Class<? extends BundleActivator> activator) throws IOException, BundleException {
        return start(activator.getName(), TestBundle.of(activator));
    }

    /** Uninstalls a bundle and has the framework forget its classes, which it does in a thread of its own. */
    void uninstallAndRefresh(Bundle bundle) throws BundleException, InterruptedException {
        bundle.uninstall();
        refresh(bundle);
    }

    /** Has the framework forget the classes of a bundle that was uninstalled or updated. */
    void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> refreshed.countDown());
        if (!refreshed.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("The framework does not refresh " + bundle);
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Bundle bundle(String symbolicName) {
        return bundles.get(symbolicName);
    }

    /** Any bundle of the framework. */
    Bundle installed(String symbolicName) {
        return Stream.of(framework.getBundleContext().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    Iterable<Bundle> bundles() {
        return bundles.values();
    }

    /** The address of the server, as its service tells it. */
    String url(String path) {
        try {
            // All: our own class path has another class of this name, to which the service cannot be assigned.
            ServiceReference<?>[] servers = framework.getBundleContext().getAllServiceReferences(SERVER, null);
            return servers[0].getProperty("jackfield.url") + path;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many services of a type a bundle has. */
    long services(String type, String symbolicName) throws InvalidSyntaxException {
        ServiceReference<?>[] all = framework.getBundleContext().getAllServiceReferences(type, null);
        return Stream.of(all)
                .filter(service -> service.getBundle().getSymbolicName().equals(symbolicName))
                .count();
    }

    int port() {
        return URI.create(url("/")).getPort();
    }

    /** The answer to an opening handshake with these fields, of a connection that ends then. */
    HttpAnswer answer(String path, String... fields) {
        try (RawClient client = RawClient.connect(port()).send(RawClient.handshake(path, fields))) {
            return client.readAnswer();
        }
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

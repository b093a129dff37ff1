package io.jackfield.itest;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** Watches the class loader of a bundle, without holding it, until it can be collected. */
final class GoneClasses {

    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final long WAIT_MILLIS = 50;

    private final String name;
    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    private final WeakReference<ClassLoader> loader;

    private GoneClasses(Bundle bundle) {
        name = bundle.toString();
        loader = new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader(), collected);
    }

    /** Looks at the classes that a bundle has now; an update gives it others. */
    static GoneClasses of(Bundle bundle) {
        return new GoneClasses(bundle);
    }

    /** Waits until nothing holds any of the classes; otherwise the heap is written to a file, to see what does. */
    void awaitCollected() throws InterruptedException, IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        do {
            System.gc();
            if (collected.remove(WAIT_MILLIS) != null) {
                return;
            }
        } while (System.nanoTime() - deadline < 0);
        if (!loader.refersTo(null)) {
            throw new AssertionError("Something holds the classes of " + name + ", see " + dumpHeap());
        }
    }

    private static Path dumpHeap() throws IOException {
        Path file = Files.createTempDirectory(Workplace.TARGET, "heap").resolve("held.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        return file;
    }
}

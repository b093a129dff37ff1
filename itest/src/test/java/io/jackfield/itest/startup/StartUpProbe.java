package io.jackfield.itest.startup;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A process of its own: starts a framework with all bundles of a folder, once, and says what that took. */
public final class StartUpProbe {

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final int COLLECTIONS = 3;

    private StartUpProbe() {}

    /**
     * Prints microseconds from the start of the framework to the first byte of an HTTP answer, microseconds of processor time
     * that the process has had until then, and bytes of heap that are used behind garbage collections.
     *
     * @param arguments a folder for the framework, one with the bundles, and the port that they will listen on, 0 for none
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[2]);
        List<Path> jars;
        try (Stream<Path> files = Files.list(Path.of(arguments[1]))) {
            jars = files.sorted().toList();
        }
        FrameworkFactory factory =
                ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
        long start = System.nanoTime();
        Framework framework = factory.newFramework(properties(arguments[0], port));
        try {
            framework.start();
            List<Bundle> bundles = new ArrayList<>();
            for (Path jar : jars) {
                bundles.add(
                        framework.getBundleContext().installBundle(jar.toUri().toString()));
            }
            for (Bundle bundle : bundles) {
                bundle.start();
            }
            if (port != 0) {
                awaitAnswer(port);
            }
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
            long processorMicros =
                    TimeUnit.NANOSECONDS.toMicros(ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                            .getProcessCpuTime());
            System.out.println(micros + " " + processorMicros + " " + usedHeap());
        } finally {
            framework.stop();
            framework.waitForStop(0);
        }
    }

    private static Map<String, String> properties(String storage, int port) {
        return Map.of(
                "org.osgi.framework.storage", storage,
                "org.osgi.framework.storage.clean", "onFirstInit",
                "jackfield.host", "127.0.0.1",
                "jackfield.port", Integer.toString(port),
                "org.apache.felix.http.host", "127.0.0.1",
                "org.osgi.service.http.port", Integer.toString(port),
                "org.apache.felix.jetty.websocket.enable", "true");
    }

    private static void awaitAnswer(int port) throws IOException {
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
                InputStream answer = socket.getInputStream();
                if (answer.read() < 0) {
                    throw new IOException("The connection ended without an answer");
                }
                return;
            } catch (ConnectException notYet) {
                Thread.onSpinWait();
            }
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

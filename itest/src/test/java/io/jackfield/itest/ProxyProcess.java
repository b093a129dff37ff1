package io.jackfield.itest;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** nginx or HAProxy in the foreground with a configuration of the test's, on ports of 127.0.0.1 that were free. */
final class ProxyProcess implements AutoCloseable {

    private static final long START_SECONDS = 60;

    private final Process process;
    private final Path output;

    private ProxyProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts nginx.
     *
     * @param servers what stands in its block {@code http}
     * @param ports the ports on which it will listen
     */
    static ProxyProcess nginx(String servers, int... ports) throws IOException {
        Path program = Requirement.NGINX.demand();
        Path folder = Files.createTempDirectory(Workplace.TARGET, "nginx");
        StringBuilder configuration =
                new StringBuilder("daemon off;\npid %s/pid;\nevents {}\nhttp {\n".formatted(folder));
        configuration.append("access_log off;\n");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            configuration.append("%s_temp_path %s/%s;\n".formatted(kind, folder, kind));
        }
        Path file = Files.writeString(folder.resolve("nginx.conf"), configuration + servers + "}\n");
        return start(folder, ports, program, "-p", folder, "-c", file, "-e", "stderr");
    }

    /**
     * Starts HAProxy.
     *
     * @param sections its configuration behind timeouts and log
     * @param ports the ports on which it will listen
     */
    static ProxyProcess haproxy(String sections, int... ports) throws IOException {
        Path program = Requirement.HAPROXY.demand();
        Path folder = Files.createTempDirectory(Workplace.TARGET, "haproxy");
        String defaults = """
                global
                  log stdout format raw local0 info
                defaults
                  log global
                  timeout connect 10s
                  timeout client 60s
                  timeout server 60s
                  timeout tunnel 60s
                """;
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), defaults + sections);
        return start(folder, ports, program, "-db", "-f", file);
    }

    /** Ports that nobody listens on at the moment. */
    static int[] freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    private static ProxyProcess start(Path folder, int[] ports, Object... words) throws IOException {
        File output = folder.resolve("output.txt").toFile();
        Process process = new ProcessBuilder(
                        Arrays.stream(words).map(Object::toString).toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        ProxyProcess proxy = new ProxyProcess(process, output.toPath());
        for (int port : ports) {
            proxy.awaitListening(port);
        }
        return proxy;
    }

    private void awaitListening(int port) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        boolean listening = false;
        while (!listening) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                listening = socket.isConnected();
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                    close();
                    throw new AssertionError("The proxy does not listen\n" + output(), e);
                }
                Thread.onSpinWait();
            }
        }
    }

    /** What it has said until now. */
    String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}

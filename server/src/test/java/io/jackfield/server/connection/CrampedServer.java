package io.jackfield.server.connection;

import io.jackfield.api.Options;
import io.jackfield.codec.Driver;
import io.jackfield.server.WebSocketServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An echo server in a process of its own, which has less of something than others. */
final class CrampedServer implements AutoCloseable {

    private final Process process;
    private final int port;

    private CrampedServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param shell what bash does first
     * @param javaOptions options of the virtual machine
     */
    static CrampedServer start(String shell, String... javaOptions) throws IOException {
        List<String> java = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC"));
        java.addAll(List.of(javaOptions));
        java.addAll(List.of("-cp", classPath(), CrampedServer.class.getName()));
        String command = java.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Process process = new ProcessBuilder("bash", "-c", shell + "; exec " + command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String port = output.readLine();
        if (port == null) {
            throw new IOException("The server did not start");
        }
        return new CrampedServer(process, Integer.parseInt(port));
    }

    private static String classPath() {
        return Stream.of(CrampedServer.class, WebSocketServer.class, Driver.class, Options.class)
                .map(CrampedServer::location)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Echoes texts, but answers "busy" with the nanoseconds that its loops have worked. */
    public static void main(String[] arguments) throws IOException {
        WebSocketServer[] server = new WebSocketServer[1];
        server[0] = WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .loops(1)
                .discoverExtensions(false)
                .options(Options.builder().maxLength(Integer.MAX_VALUE - 8L).build())
                .onConnection(socket -> socket.onMessage(event -> {
                    if (event.data().equals("busy")) {
                        socket.send(
                                Long.toString(server[0].statistics().loopBusy().toNanos()));
                    } else {
                        socket.send(event);
                    }
                }))
                .start();
        System.out.println(server[0].port());
    }
}

package io.jackfield.bench.process;

import io.jackfield.bench.server.ServerMain;
import io.jackfield.bench.server.ServerSettings;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, from its start until it is closed. */
public final class ServerProcess implements AutoCloseable {

    /**
     * Where servers come from.
     *
     * @param java the program that runs them
     * @param log directory for what they print
     */
    public record Environment(Path java, Path log, Pinning pinning) {}

    /** Live memory of the server in bytes, after a collection. */
    public record Memory(long heap, long buffers, long resident) {}

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter lines;
    private final ProcessFigures figures;
    private final InetSocketAddress address;

    private ServerProcess(String name, Process process) throws IOException {
        this.name = name;
        this.process = process;
        answers = process.inputReader(StandardCharsets.UTF_8);
        lines = process.outputWriter(StandardCharsets.UTF_8);
        figures = new ProcessFigures(process.pid());
        String ready = answer();
        address = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(ready.substring(ServerMain.READY.length())));
    }

    /**
     * Starts a server and waits until it listens.
     *
     * @param label {@code NAME}, or {@code NAME@DIRECTORY} for one whose classes are first looked for in the jars of a directory
     */
    public static ServerProcess start(String label, ServerSettings settings, Environment environment)
            throws IOException {
        int at = label.indexOf('@');
        String name = at < 0 ? label : label.substring(0, at);
        String classPath = System.getProperty("java.class.path");
        List<String> command = new ArrayList<>(List.of(
                environment.java().toString(),
                "-Xms" + settings.heapMegabytes() + "m",
                "-Xmx" + settings.heapMegabytes() + "m",
                "-XX:+UseSerialGC",
                // Otherwise a collection leaves dead objects where moving them does not pay, and live memory shows
                // them.
                "-XX:MarkSweepAlwaysCompactCount=1",
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(settings.jvmOptions());
        command.addAll(List.of(
                "-cp",
                at < 0 ? classPath : label.substring(at + 1) + "/*:" + classPath,
                ServerMain.class.getName(),
                name));
        command.addAll(settings.toArguments());
        Path log = Files.createDirectories(environment.log()).resolve(label.replaceAll("[^a-z0-9-]", "_") + ".log");
        Process process = new ProcessBuilder(environment.pinning().server(command, settings.loops() == 1))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            return new ServerProcess(label, process);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw new IOException(label + " did not start, see " + log, e);
        }
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(name + " ended");
        }
        return line;
    }

    public String name() {
        return name;
    }

    public InetSocketAddress address() {
        return address;
    }

    public ProcessFigures figures() {
        return figures;
    }

    public Memory memory() throws IOException {
        lines.write(ServerMain.MEMORY + "\n");
        lines.flush();
        String[] answer = answer().split(" ");
        return new Memory(Long.parseLong(answer[0]), Long.parseLong(answer[1]), figures.residentBytes());
    }

    /** Ends the process and waits for its end. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended by itself, for want of memory say; what it was told last did not reach it.
        }
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages for newcomers, as they are read: files are saved from them, and their commands are typed into a shell in an empty
 * folder. Only the building of Jackfield is left out, which has been done; and the port is one that is free.
 */
class PagesIT {

    private static final Pattern BLOCK =
            Pattern.compile("^ *```(\\w+)\n(.*?)^ *```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final String port = freePort();

    @Test
    void theFirstTenMinutes() throws Exception {
        Path page = Workplace.REPOSITORY.resolve("docs").resolve("first-ten-minutes.md");
        save(page, "Echo", "Talk", "Guarded");
        try (Server echo = new Server(block(page, "sh", code -> code.contains("Echo.java")))) {
            echo.awaitLine("Listening at ws://127.0.0.1:" + port);
            assertEquals("Hello, Jackfield\n", run(block(page, "sh", code -> code.contains("Hello, Jackfield"))));
        }
        run(block(page, "sh", code -> code.startsWith("cp \"$JACKFIELD\"/ext-deflate")));
        String guarded = block(page, "sh", code -> code.contains("Guarded.java"));
        String talk = block(page, "sh", code -> code.contains("key=secret"));
        try (Server server = new Server(guarded)) {
            server.awaitPort();
            assertEquals("blue: Hello\n", run(talk));
        }
    }

    @TestFactory
    List<DynamicTest> theConsoleOfABrowser() throws Exception {
        Path chromium = Requirement.CHROMIUM.demand();
        NodePeer node = NodePeer.install();
        Path page = Workplace.REPOSITORY.resolve("docs").resolve("first-ten-minutes.md");
        save(page, "Echo");
        String typed = block(page, "js", code -> code.contains("console.log"));
        try (Server echo = new Server(block(page, "sh", code -> code.contains("Echo.java")))) {
            echo.awaitLine("Listening at ws://127.0.0.1:" + port);
            return node.run("console.mjs", "http://127.0.0.1:" + port + "/", chromium, typed, "Hello");
        }
    }

    /** With the launcher of Felix's distribution, and the one line of its configuration that deploys the folder. */
    @Test
    void theThreeStepsOfFelix() throws Exception {
        Path page = Workplace.REPOSITORY.resolve("docs").resolve("felix.md");
        for (String name : List.of("bin", "bundle", "conf")) {
            Files.createDirectories(folder.resolve(name));
        }
        Files.copy(Workplace.TARGET.resolve("felix/felix.jar"), folder.resolve("bin/felix.jar"));
        run(block(page, "sh", code -> code.contains("bundle/")));
        Files.writeString(
                folder.resolve("conf/config.properties"),
                "felix.auto.deploy.action=install,start\n"
                        + block(page, "properties", code -> code.contains("jackfield.port"))
                                .replace("8081", port));
        try (Server felix = new Server("java -jar bin/felix.jar")) {
            felix.awaitPort();
            try (RawClient client = RawClient.connect(Integer.parseInt(port)).send(RawClient.handshake("/"))) {
                assertEquals(404, client.readAnswer().status());
            }
        }
    }

    @Test
    void modulesAndAnImage() throws Exception {
        Path page = Workplace.REPOSITORY.resolve("docs").resolve("jpms.md");
        Path lib = Files.createDirectories(folder.resolve("lib"));
        for (String jar : Javac.jars().split(File.pathSeparator)) {
            Files.copy(Path.of(jar), lib.resolve(Path.of(jar).getFileName()));
        }
        Path sources = Files.createDirectories(folder.resolve("src/org/example/echo"));
        Files.writeString(
                folder.resolve("src/module-info.java"),
                block(page, "text", code -> code.contains("module org.example.echo")));
        Files.writeString(sources.resolve("Main.java"), block(page, "java", code -> code.contains("class Main")));

        String[] compileAndRun =
                block(page, "sh", code -> code.startsWith("javac")).split("\n");
        run(compileAndRun[0]);
        try (Server server = new Server(compileAndRun[1])) {
            server.awaitLine("Listening at ws://127.0.0.1:" + port);
            assertEchoesAndCompresses();
        }
        String[] linkAndRun =
                block(page, "sh", code -> code.startsWith("jlink")).split("\n");
        run(linkAndRun[0]);
        try (Server server = new Server(linkAndRun[1])) {
            server.awaitLine("Listening at ws://127.0.0.1:" + port);
            assertEchoesAndCompresses();
        }
    }

    private void assertEchoesAndCompresses() throws InterruptedException {
        try (JdkClient client = JdkClient.connect("ws://127.0.0.1:" + port + "/echo")) {
            assertEquals("text: hello", client.sendText("hello", true).next());
        }
        try (RawClient client = RawClient.connect(Integer.parseInt(port))
                .send(RawClient.handshake("/echo", "Sec-WebSocket-Extensions: permessage-deflate"))) {
            assertEquals(List.of("permessage-deflate"), client.readAnswer().fields("Sec-WebSocket-Extensions"));
        }
    }

    /** Fills the folder as the page says, with some of its programs. */
    private void save(Path page, String... programs) throws IOException {
        run(block(page, "sh", code -> code.startsWith("mkdir lib")));
        for (String program : programs) {
            Files.writeString(
                    folder.resolve(program + ".java"),
                    block(page, "java", code -> code.contains("public class " + program + " ")));
        }
    }

    /** The one block of a page that fits, with our port. */
    private String block(Path page, String language, Predicate<String> fits) throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            if (block.group(1).equals(language) && fits.test(block.group(2))) {
                return block.group(2).replace("8080", port);
            }
        }
        throw new AssertionError(page + " has no such block");
    }

    private String run(String commands) {
        return Command.of(Path.of("bash"), "-euc", environment() + commands)
                .in(folder)
                .run(LIMIT)
                .requireSuccess(commands)
                .output();
    }

    /** The JDK that runs the tests, whichever is first on the PATH. */
    private static String environment() {
        return "export JACKFIELD='" + Workplace.REPOSITORY + "' PATH='" + Workplace.jdkProgram("") + "':\"$PATH\"\n";
    }

    private static String freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A command that stays until it is ended. */
    private final class Server implements AutoCloseable {

        private final Process process;

        Server(String command) throws IOException {
            process = new ProcessBuilder("bash", "-euc", environment() + "exec " + command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        void awaitLine(String line) throws Exception {
            BufferedReader output = process.inputReader();
            String first = CompletableFuture.supplyAsync(
                            () -> output.lines().findFirst().orElse("it ended"))
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertEquals(line, first);
        }

        /** For a server that says nothing. */
        void awaitPort() throws InterruptedException {
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (!listens()) {
                if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                    throw new AssertionError("It does not listen");
                }
            }
        }

        private boolean listens() {
            try {
                new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port)).close();
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        }
    }
}

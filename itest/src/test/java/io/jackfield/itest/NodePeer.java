package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;

/**
 * Clients that run on Node: the scripts of {@code src/test/node} with the packages that its lock file pins, in
 * {@code target/node}.
 */
final class NodePeer {

    private static final Duration SCRIPT_LIMIT = Duration.ofMinutes(10);
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(3);

    private final Path node;
    private final Path folder;

    private NodePeer(Path node, Path folder) {
        this.node = node;
        this.folder = folder;
    }

    /** Installs the packages unless they are there already; the calling test ends here if that is not possible. */
    static NodePeer install() throws IOException {
        Path node = Requirement.NODE.demand();
        Path npm = Requirement.NPM.demand();
        Path folder = Files.createDirectories(Workplace.TARGET.resolve("node"));
        // Tests run in two processes at a time.
        try (FileChannel file = FileChannel.open(
                Workplace.TARGET.resolve("node.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.lock(); // until it is closed
            copySources(folder);
            installPackages(npm, folder);
        }
        return new NodePeer(node, folder);
    }

    /** Leaves alone what is there already: a script of another process may just be read. */
    private static void copySources(Path folder) throws IOException {
        try (Stream<Path> sources = Files.list(Workplace.NODE_SOURCES)) {
            for (Path source : sources.toList()) {
                Path copy = folder.resolve(source.getFileName());
                if (Files.notExists(copy) || Files.mismatch(source, copy) != -1) {
                    Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void installPackages(Path npm, Path folder) throws IOException {
        Path installed = folder.resolve("node_modules").resolve("installed-from.json");
        Path lock = folder.resolve("package-lock.json");
        if (Files.exists(installed) && Files.mismatch(installed, lock) == -1) {
            return;
        }
        Command.Result result = Command.of(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .in(folder)
                .run(INSTALL_LIMIT);
        if (result.exitCode() != 0) {
            Requirement.unmet("npm cannot install the packages of itest/src/test/node, "
                    + result.errors().lines().findFirst().orElse("for no reason given"));
        }
        Files.copy(lock, installed);
    }

    /** Runs a script and makes a test of each case that it reports, and one of its end. */
    List<DynamicTest> run(String script, Object... arguments) {
        Command.Result result =
                Command.of(node, script).with(arguments).in(folder).run(SCRIPT_LIMIT);
        List<DynamicTest> tests = new ArrayList<>();
        int announced = -1;
        for (String line : result.output().lines().toList()) {
            JsonObject report = JsonParser.parseString(line).getAsJsonObject();
            if (report.has("done")) {
                announced = report.get("done").getAsInt();
            } else {
                tests.add(dynamicTest(report.get("case").getAsString(), () -> {
                    if (!report.get("ok").getAsBoolean()) {
                        Assertions.fail(report.get("detail").getAsString());
                    }
                }));
            }
        }
        int cases = tests.size();
        int expected = announced;
        tests.add(dynamicTest(script + " comes to its end", () -> {
            result.requireSuccess(script);
            assertEquals(expected, cases, "cases");
        }));
        return tests;
    }
}

package io.jackfield.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Headless Chromium at the demo page of the downloadable server. Screenshots stay in {@code target/screenshots}. */
class DemoPageIT {

    @TestFactory
    @DisplayName("two tabs at the demo page")
    List<DynamicTest> driveThePage() throws IOException {
        Path chromium = Requirement.CHROMIUM.demand();
        NodePeer node = NodePeer.install();
        Path screenshots = Files.createDirectories(Workplace.TARGET.resolve("screenshots"));
        try (ServerProcess server = ServerProcess.start()) {
            return node.run("demo.mjs", server.page(), chromium, screenshots);
        }
    }
}

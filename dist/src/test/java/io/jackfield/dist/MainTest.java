package io.jackfield.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The process as a whole, without a framework: that needs the finished jar. */
class MainTest {

    @Test
    void aBadOptionIsOneLineOnStandardErrorAndExitCodeTwo() throws Exception {
        Process process = run("--port", "eighty");
        String errors = text(process.getErrorStream());
        assertEquals("", text(process.getInputStream()));
        assertEquals("jackfield: --port needs a whole number from 0 to 65535, not 'eighty'", errors.strip());
        assertEquals(2, process.waitFor());
    }

    @Test
    void helpGoesToStandardOutputAndIsNoError() throws Exception {
        Process process = run("--help");
        assertTrue(text(process.getInputStream()).startsWith("Usage: "));
        assertEquals("", text(process.getErrorStream()));
        assertEquals(0, process.waitFor());
    }

    private static Process run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        // The JDK announces these on standard error.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        return builder.start();
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}

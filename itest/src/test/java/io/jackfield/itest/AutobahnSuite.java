package io.jackfield.itest;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The fuzzing client of the Autobahn testsuite 0.6.4: a Python program that runs on Jython in a process of its own. Its
 * 301 cases are the groups 1 to 7, 9 and 10; the compression groups 12 and 13 came later.
 */
final class AutobahnSuite {

    private static final Path FOLDER = Workplace.TARGET.resolve("autobahn");
    private static final Duration LIMIT = Duration.ofMinutes(20);
    /** Jython first: the testsuite's jar has an older one inside. */
    private static final String CLASS_PATH =
            String.join(File.pathSeparator, "jython-standalone.jar", "autobahntestsuite-maven-plugin.jar");

    private static final String AGENT = "jackfield";

    /** Compares case numbers such as 6.22.10 and 6.4.1. */
    private static final Comparator<String> BY_CASE = Comparator.comparing(
            line -> Arrays.stream(line.substring(0, line.indexOf(':')).split("\\."))
                    .mapToInt(Integer::parseInt)
                    .toArray(),
            Arrays::compare);

    private AutobahnSuite() {}

    /**
     * Runs all cases against a server that echoes.
     *
     * @return lines such as {@code 1.1.1: OK/OK} with behaviour and closing behaviour, ordered by case
     */
    static List<String> run(String url) throws IOException {
        Files.writeString(FOLDER.resolve("spec.json"), new Gson().toJson(specification(url)));
        try (InputStream program = AutobahnSuite.class.getResourceAsStream("autobahn/run.py")) {
            Files.write(FOLDER.resolve("run.py"), program.readAllBytes());
        }
        Command.Result result = Command.of(Workplace.jdkProgram("java"), "-cp", CLASS_PATH)
                .with("org.python.util.jython", "run.py")
                .in(FOLDER)
                .run(LIMIT);
        Files.writeString(FOLDER.resolve("output.txt"), result.output() + result.errors());
        result.requireSuccess("The Autobahn testsuite");

        String index = Files.readString(FOLDER.resolve("report").resolve("index.json"));
        JsonObject cases = JsonParser.parseString(index).getAsJsonObject().getAsJsonObject(AGENT);
        return cases.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + text(entry.getValue(), "behavior") + "/"
                        + text(entry.getValue(), "behaviorClose"))
                .sorted(BY_CASE)
                .toList();
    }

    /** Where a person reads why a case failed. */
    static Path report() {
        return FOLDER.resolve("report").resolve("index.html");
    }

    private static Map<String, Object> specification(String url) {
        return Map.of(
                "outdir", "./report",
                "servers", List.of(Map.of("agent", AGENT, "url", url, "options", Map.of("version", 18))),
                "cases", List.of("*"),
                "exclude-cases", List.of(),
                "exclude-agent-cases", Map.of());
    }

    private static String text(JsonElement result, String field) {
        return result.getAsJsonObject().get(field).getAsString();
    }
}

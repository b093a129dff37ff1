package io.jackfield.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs each target under Jazzer, in a process of its own, for some seconds, or as long as the profile {@code fuzz} says. What
 * it finds makes the test fail, with the input in {@code target/fuzz/<target>}; the next run goes on with the inputs that
 * this one has collected there.
 */
class FuzzingTest {

    private static final Path DIRECTORY = Path.of(System.getProperty("fuzz.directory", "target/fuzz"));
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 5);

    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");
    private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+) ft: (\\d+) corp: (\\d+)");

    static Stream<Arguments> targets() {
        return Stream.of(
                arguments(RequestHeadTarget.class, Seeds.requestHeads(), 1200),
                arguments(ExtensionsHeaderTarget.class, Seeds.extensionHeaders(), 400),
                arguments(FramesTarget.class, Seeds.frames(), 2048),
                arguments(InflationTarget.class, Seeds.deflated(), 2048));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void noInputBreaksTheOracle(Class<?> target, List<byte[]> seeds, int longest) throws Exception {
        Path directory = Files.createDirectories(DIRECTORY.resolve(target.getSimpleName()));
        Path corpus = directory.resolve("corpus");
        Seeds.write(seeds, corpus);
        Path log = directory.resolve("log.txt");
        int exit = new ProcessBuilder(command(target, directory, corpus, longest))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String output = Files.readString(log);
        assertEquals(0, exit, () -> "see " + log + "\n" + tail(output));
        long runs = Long.parseLong(last(DONE, output).group(1));
        assertTrue(runs > seeds.size(), "ran more than the seeds: " + runs);
        MatchResult coverage = last(COVERAGE, output);
        System.out.printf(
                "%s: %d executions in %s s, %s edges, %s features, %s inputs%n",
                target.getSimpleName(),
                runs,
                last(DONE, output).group(2),
                coverage.group(1),
                coverage.group(2),
                coverage.group(3));
    }

    private static List<String> command(Class<?> target, Path directory, Path corpus, int longest) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
        if (Runtime.version().feature() > 20) {
            command.add("-XX:+EnableDynamicAgentLoading");
        }
        command.add("com.code_intelligence.jazzer.Jazzer");
        command.add("--target_class=" + target.getName());
        command.add("--instrumentation_includes=io.jackfield.api.**:io.jackfield.codec.**:io.jackfield.ext.**");
        // What it looks for by itself, injections into the JDK, there is no way to here.
        command.add("--disabled_hooks=*");
        command.add("--reproducer_path=" + directory);
        command.add("-artifact_prefix=" + directory + "/");
        command.add("-max_total_time=" + SECONDS);
        command.add("-max_len=" + longest);
        command.add("-timeout=300");
        command.add("-print_final_stats=1");
        command.add(corpus.toString());
        return command;
    }

    private static MatchResult last(Pattern pattern, String output) {
        List<MatchResult> results = pattern.matcher(output).results().toList();
        assertTrue(!results.isEmpty(), () -> "no " + pattern + " in\n" + tail(output));
        return results.get(results.size() - 1);
    }

    private static String tail(String output) {
        return output.substring(Math.max(0, output.length() - 4000));
    }
}

package io.jackfield.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the microbenchmarks, each in a process of its own, with what they allocate. */
public final class Microbenchmarks {

    private Microbenchmarks() {}

    /**
     * Runs those whose name fits.
     *
     * @param pattern a regular expression
     * @param java runs them
     * @param file receives the results as JSON
     * @param quick shorter and once
     */
    public static void run(String pattern, Path java, Path file, boolean quick) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            new Runner(new OptionsBuilder()
                            .include(Microbenchmarks.class.getPackageName() + ".*" + pattern)
                            .jvm(java.toString())
                            .jvmArgs("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC")
                            .mode(Mode.AverageTime)
                            .timeUnit(TimeUnit.NANOSECONDS)
                            .forks(quick ? 1 : 3)
                            .warmupIterations(quick ? 3 : 5)
                            .warmupTime(TimeValue.milliseconds(quick ? 300 : 1000))
                            .measurementIterations(quick ? 3 : 5)
                            .measurementTime(TimeValue.milliseconds(quick ? 300 : 1000))
                            .addProfiler(GCProfiler.class)
                            .resultFormat(ResultFormatType.JSON)
                            .result(file.toString())
                            .build())
                    .run();
        } catch (RunnerException e) {
            throw new IOException(e);
        }
    }
}

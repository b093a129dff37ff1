package io.jackfield.bench;

import io.jackfield.bench.experiment.Experiment;
import io.jackfield.bench.experiment.Experiments;
import io.jackfield.bench.experiment.Interleaving;
import io.jackfield.bench.experiment.Timing;
import io.jackfield.bench.micro.Microbenchmarks;
import io.jackfield.bench.process.OpenFiles;
import io.jackfield.bench.process.Pinning;
import io.jackfield.bench.process.ServerProcess;
import io.jackfield.bench.report.ConsoleTable;
import io.jackfield.bench.report.MicroTable;
import io.jackfield.bench.report.PerformancePage;
import io.jackfield.bench.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Measures our server beside its peers. {@code docs/performance.md} says how, and what the arguments are. */
public final class Main {

    private static final String RESULTS = "results";
    private static final String MICRO = "micro.json";

    private Main() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.parse(args);
        Timing timing = arguments.timing();
        OpenFiles.raise();
        List<Experiment> experiments = Experiments.all(timing, OpenFiles.limit());
        Path directory = arguments.output();
        if (arguments.page().isPresent()) {
            new PerformancePage(arguments.page().get(), Results.read(directory.resolve(RESULTS), experiments))
                    .fill(directory.resolve(RESULTS).resolve(MICRO));
            return;
        }
        if (arguments.micro().isPresent()) {
            Path results = directory.resolve(RESULTS).resolve(MICRO);
            Microbenchmarks.run(arguments.micro().get(), arguments.java(), results, arguments.quick());
            System.out.print(MicroTable.read(results).markdown());
            return;
        }
        Pinning pinning = Pinning.choose(arguments.pin());
        pinning.pinGenerator();
        Results results = new Results();
        Interleaving interleaving = new Interleaving(
                new ServerProcess.Environment(arguments.java(), directory.resolve("log"), pinning),
                timing,
                results,
                step -> System.err.println(step));
        for (Experiment experiment : experiments) {
            if (arguments.choose(experiment.name())) {
                results.begin(experiment, Machine.describe(arguments, pinning));
                interleaving.run(experiment, arguments.servers());
                System.out.print(ConsoleTable.of(experiment, results));
                results.write(experiment.name(), directory.resolve(RESULTS));
            }
        }
    }
}

package io.jackfield.bench;

import io.jackfield.bench.experiment.Experiment;
import io.jackfield.bench.experiment.Experiments;
import io.jackfield.bench.experiment.Interleaving;
import io.jackfield.bench.experiment.Timing;
import io.jackfield.bench.process.Pinning;
import io.jackfield.bench.process.ServerProcess;
import io.jackfield.bench.report.ConsoleTable;
import io.jackfield.bench.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Measures our server beside its peers. {@code docs/performance.md} says how, and what the arguments are. */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.parse(args);
        Timing timing = arguments.quick() ? Timing.QUICK : Timing.FULL;
        Pinning pinning = Pinning.choose(arguments.pin());
        pinning.pinGenerator();
        Path directory = arguments.output();
        Results results = new Results(Machine.describe(arguments, pinning));
        Interleaving interleaving = new Interleaving(
                new ServerProcess.Environment(arguments.java(), directory.resolve("log"), pinning),
                timing,
                results,
                step -> System.err.println(step));
        List<Experiment> experiments = Experiments.all(timing).stream()
                .filter(experiment -> isChosen(experiment.name(), arguments.scenarios()))
                .toList();
        for (Experiment experiment : experiments) {
            interleaving.run(experiment, arguments.servers());
            System.out.print(ConsoleTable.of(experiment, results));
            results.write(directory.resolve("results.json"));
        }
    }

    private static boolean isChosen(String name, List<String> chosen) {
        return chosen.isEmpty() || chosen.stream().anyMatch(name::startsWith);
    }
}

package io.jackfield.bench.experiment;

import io.jackfield.bench.process.ServerProcess;
import io.jackfield.bench.report.Results;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures servers in turn, A B C … C B A: what drifts on the machine meanwhile strikes all alike. All servers of an experiment are
 * there at once, warm, and idle while another is measured.
 */
public final class Interleaving {

    private final ServerProcess.Environment environment;
    private final Timing timing;
    private final Results results;
    private final Consumer<String> progress;

    public Interleaving(
            ServerProcess.Environment environment, Timing timing, Results results, Consumer<String> progress) {
        this.environment = environment;
        this.timing = timing;
        this.results = results;
        this.progress = progress;
    }

    /** Runs an experiment with all servers that suit it. What fails is kept as a failure of that server. */
    public void run(Experiment experiment, List<String> servers) throws IOException {
        boolean oneThread = experiment.settings().loops() == 1;
        if (!oneThread) {
            environment.pinning().releaseGenerator();
        }
        try {
            runRounds(experiment, servers);
        } finally {
            if (!oneThread) {
                environment.pinning().pinGenerator();
            }
        }
    }

    private void runRounds(Experiment experiment, List<String> servers) throws IOException {
        for (int round = 1; round <= timing.rounds(); round++) {
            List<ServerProcess> running = new ArrayList<>();
            try {
                for (String server : servers) {
                    if (experiment.suits(server)) {
                        progress.accept(experiment.name() + ", round " + round + ": warming up " + server);
                        start(experiment, server, running);
                    }
                }
                for (int pass = 1; pass <= timing.passes(); pass++) {
                    measure(experiment, running, pass);
                }
            } finally {
                for (ServerProcess server : running) {
                    server.close();
                }
            }
        }
    }

    private void start(Experiment experiment, String name, List<ServerProcess> running) throws IOException {
        ServerProcess server;
        try {
            server = ServerProcess.start(name, experiment.settings(), environment);
        } catch (IOException | UncheckedIOException e) {
            results.fail(experiment.name(), name, e.getMessage());
            return;
        }
        try {
            experiment.warmUp(server);
            running.add(server);
        } catch (IOException | UncheckedIOException e) {
            results.fail(experiment.name(), name, e.toString());
            server.close();
        }
    }

    private void measure(Experiment experiment, List<ServerProcess> running, int pass) {
        List<ServerProcess> order = new ArrayList<>(running);
        if (pass % 2 == 0) {
            Collections.reverse(order);
        }
        for (ServerProcess server : order) {
            progress.accept(experiment.name() + ", pass " + pass + ": measuring " + server.name());
            try {
                results.add(experiment.name(), server.name(), experiment.measure(server));
            } catch (IOException | UncheckedIOException e) {
                results.fail(experiment.name(), server.name(), e.toString());
            }
        }
    }
}

package io.jackfield.bench.experiment;

import io.jackfield.bench.load.IdleLoad;
import io.jackfield.bench.load.Traffic;
import io.jackfield.bench.process.ServerProcess;
import io.jackfield.bench.server.ServerSettings;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What an idle connection costs that has echoed one message: live memory after a collection, less that before there were
 * connections. Then all are woken, to see that they still answer.
 *
 * @param suitable the servers that can take part
 * @param traffic what is sent, by server
 */
public record IdleMemory(
        String name,
        String title,
        ServerSettings settings,
        int connections,
        Predicate<String> suitable,
        Function<String, Traffic> traffic)
        implements Experiment {

    private static final String PATH = "/echo";

    /** Loads classes and fills what a server keeps for all connections. */
    private static final int WARM_UP_CONNECTIONS = 500;

    @Override
    public Metric headline() {
        return Metric.HEAP;
    }

    @Override
    public boolean suits(String server) {
        return suitable.test(server);
    }

    @Override
    public void warmUp(ServerProcess server) throws IOException {
        new IdleLoad(server.address(), PATH, traffic.apply(server.name()), WARM_UP_CONNECTIONS).close();
    }

    @Override
    public Map<Metric, Double> measure(ServerProcess server) throws IOException {
        ServerProcess.Memory before = server.memory();
        try (IdleLoad load = new IdleLoad(server.address(), PATH, traffic.apply(server.name()), connections)) {
            ServerProcess.Memory after = server.memory();
            load.sendAgain();
            Map<Metric, Double> sample = new EnumMap<>(Metric.class);
            sample.put(Metric.HEAP, (after.heap() - before.heap()) / (double) connections);
            sample.put(Metric.BUFFERS, (after.buffers() - before.buffers()) / (double) connections);
            sample.put(Metric.RESIDENT, (after.resident() - before.resident()) / (double) connections);
            sample.put(Metric.HELD, (double) connections);
            return sample;
        }
    }
}

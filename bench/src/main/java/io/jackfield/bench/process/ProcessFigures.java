package io.jackfield.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What the system says of a process under {@code /proc}. The time is that of all its threads: the compiler's and the
 * collector's work belongs to what a server costs.
 */
public final class ProcessFigures {

    /** USER_HZ, which is 100 on every architecture that Java runs on. */
    private static final long NANOS_PER_TICK = 10_000_000;

    /** Behind the name, which is in parentheses and may hold anything: utime is field 14 and stime 15 of proc(5). */
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;

    private final Path directory;

    public ProcessFigures(long pid) {
        directory = Path.of("/proc", Long.toString(pid));
    }

    /**
     * CPU time in ns that the process used.
     *
     * @param total of the scheduler's own account, exact, of the threads that live
     * @param user in ticks of 10 ms: good for a proportion
     * @param system likewise
     */
    public record CpuTime(long total, long user, long system) {
        public CpuTime since(CpuTime before) {
            return new CpuTime(total - before.total, user - before.user, system - before.system);
        }
    }

    public CpuTime cpuTime() {
        String stat = read(directory.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long user = Long.parseLong(fields[USER_TICKS]) * NANOS_PER_TICK;
        long system = Long.parseLong(fields[SYSTEM_TICKS]) * NANOS_PER_TICK;
        long exact = scheduledNanos();
        return new CpuTime(exact > 0 ? exact : user + system, user, system);
    }

    private long scheduledNanos() {
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(directory.resolve("task"))) {
            for (Path thread : threads) {
                sum += scheduledNanos(thread.resolve("schedstat"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum;
    }

    private static long scheduledNanos(Path schedstat) throws IOException {
        try {
            String line = Files.readString(schedstat, StandardCharsets.US_ASCII);
            return Long.parseLong(line.substring(0, line.indexOf(' ')));
        } catch (NoSuchFileException e) {
            return 0; // ended meanwhile, or a kernel without it
        }
    }

    /** How often the process has read and written so far, files and sockets alike. */
    public record Calls(long reads, long writes) {
        public Calls since(Calls before) {
            return new Calls(reads - before.reads, writes - before.writes);
        }
    }

    public Calls calls() {
        String io = read(directory.resolve("io"));
        return new Calls(number(io, "syscr:"), number(io, "syscw:"));
    }

    private static long number(String lines, String name) {
        return lines.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip()))
                .findFirst()
                .orElseThrow();
    }

    /** Resident memory in bytes. */
    public long residentBytes() {
        return read(directory.resolve("status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

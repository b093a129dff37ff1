package io.jackfield.itest.longrun;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a Java process holds, seen from outside, after a full collection.
 *
 * @param heapBytes of live objects
 * @param instances of classes that must not pile up, by name
 * @param threads of the process
 * @param descriptors that are open
 * @param residentKiB of memory
 * @param nativeKiB committed, as native memory tracking tells it, without the heap; zlib's own is not among them
 */
record ProcessFigures(
        long heapBytes, Map<String, Long> instances, long threads, long descriptors, long residentKiB, long nativeKiB) {

    private static final Pattern INSTANCES = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");
    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("Total\\s+(\\d+)\\s+(\\d+)");
    private static final Pattern NATIVE_TOTAL = Pattern.compile("Total: reserved=\\d+KB, committed=(\\d+)KB");
    private static final Pattern NATIVE_HEAP = Pattern.compile("Java Heap \\(reserved=\\d+KB, committed=(\\d+)KB");
    private static final Pattern STATUS = Pattern.compile("(Threads|VmRSS):\\s+(\\d+).*");

    private static final Pattern COUNTED =
            Pattern.compile("io\\.jackfield\\.server\\.(?:connection|loop|transport)\\..*"
                    + "|io\\.jackfield\\.codec\\.(?:Driver|FrameReceiver|Pipeline)"
                    + "|io\\.jackfield\\.ext\\.deflate\\.(?:DeflateSession|Pooled.*)"
                    + "|java\\.util\\.zip\\.(?:Inflater|Deflater)|sun\\.nio\\.ch\\.SocketChannelImpl|sun\\.security\\.ssl\\.SSLEngineImpl"
                    + "|java\\.nio\\.DirectByteBuffer");

    static ProcessFigures of(Process process) throws IOException, InterruptedException {
        // Twice: what the first frees may hold more through cleaners.
        command(process, "GC.class_histogram");
        String histogram = command(process, "GC.class_histogram");
        Map<String, Long> instances = new TreeMap<>();
        for (String line : histogram.split("\n")) {
            Matcher matcher = INSTANCES.matcher(line);
            if (matcher.matches() && COUNTED.matcher(matcher.group(3)).matches()) {
                instances.put(matcher.group(3), Long.parseLong(matcher.group(1)));
            }
        }
        String memory = command(process, "VM.native_memory", "summary");
        Map<String, Long> status = new TreeMap<>();
        Path folder = Path.of("/proc", String.valueOf(process.pid()));
        for (String line : Files.readAllLines(folder.resolve("status"))) {
            Matcher matcher = STATUS.matcher(line);
            if (matcher.matches()) {
                status.put(matcher.group(1), Long.parseLong(matcher.group(2)));
            }
        }
        try (Stream<Path> descriptors = Files.list(folder.resolve("fd"))) {
            return new ProcessFigures(
                    number(HISTOGRAM_TOTAL, histogram, 2),
                    instances,
                    status.get("Threads"),
                    descriptors.count(),
                    status.get("VmRSS"),
                    number(NATIVE_TOTAL, memory, 1) - number(NATIVE_HEAP, memory, 1));
        }
    }

    long instancesOf(String className) {
        return instances.getOrDefault(className, 0L);
    }

    private static long number(Pattern pattern, String text, int group) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in\n" + text);
        }
        return Long.parseLong(matcher.group(group));
    }

    private static String command(Process process, String... words) throws IOException, InterruptedException {
        String[] command = new String[2 + words.length];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        command[1] = String.valueOf(process.pid());
        System.arraycopy(words, 0, command, 2, words.length);
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!tool.waitFor(1, TimeUnit.MINUTES) || tool.exitValue() != 0) {
            throw new AssertionError("jcmd failed: " + output);
        }
        return output;
    }
}

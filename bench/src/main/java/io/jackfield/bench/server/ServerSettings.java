package io.jackfield.bench.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a scenario wants of a server process.
 *
 * @param loops threads that read and write
 * @param compression whether permessage-deflate is on, and with which kind of context
 * @param level zlib's, 1 to 9
 * @param windowBits largest window of either direction, 9 to 15; for servers that can be told
 * @param history bytes that a connection keeps of what it has sent; for servers that can be told
 * @param threshold bytes below which messages go out plain; for servers that can be told
 * @param heapMegabytes {@code -Xms} and {@code -Xmx}
 * @param jvmOptions what else the server's JVM is started with
 */
public record ServerSettings(
        int loops,
        Compression compression,
        int level,
        int windowBits,
        int history,
        int threshold,
        int heapMegabytes,
        List<String> jvmOptions) {

    /** Without, or with permessage-deflate as the scenario asks for it. */
    public enum Compression {
        NONE,
        TAKEOVER,
        NO_TAKEOVER
    }

    /** Our default. */
    public static final int HISTORY = 8 * 1024;

    public static final ServerSettings PLAIN =
            new ServerSettings(1, Compression.NONE, 6, 15, HISTORY, 0, 512, List.of());

    public ServerSettings withLoops(int number) {
        return new ServerSettings(
                number, compression, level, windowBits, history, threshold, heapMegabytes, jvmOptions);
    }

    public ServerSettings withHeap(int megabytes) {
        return new ServerSettings(loops, compression, level, windowBits, history, threshold, megabytes, jvmOptions);
    }

    public ServerSettings withJvmOption(String option) {
        return new ServerSettings(
                loops, compression, level, windowBits, history, threshold, heapMegabytes, List.of(option));
    }

    public ServerSettings withDeflate(Compression kind, int newLevel, int newWindowBits, int newThreshold) {
        return new ServerSettings(
                loops, kind, newLevel, newWindowBits, history, newThreshold, heapMegabytes, jvmOptions);
    }

    public ServerSettings withHistory(int bytes) {
        return new ServerSettings(loops, compression, level, windowBits, bytes, threshold, heapMegabytes, jvmOptions);
    }

    public boolean compresses() {
        return compression != Compression.NONE;
    }

    /** As arguments of {@link ServerMain}; the JVM has its options already. */
    public List<String> toArguments() {
        return new ArrayList<>(List.of(
                "loops=" + loops,
                "compression=" + compression,
                "level=" + level,
                "windowBits=" + windowBits,
                "history=" + history,
                "threshold=" + threshold,
                "heapMegabytes=" + heapMegabytes));
    }

    static ServerSettings fromArguments(Stream<String> arguments) {
        Map<String, String> values = arguments
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new ServerSettings(
                Integer.parseInt(values.get("loops")),
                Compression.valueOf(values.get("compression")),
                Integer.parseInt(values.get("level")),
                Integer.parseInt(values.get("windowBits")),
                Integer.parseInt(values.get("history")),
                Integer.parseInt(values.get("threshold")),
                Integer.parseInt(values.get("heapMegabytes")),
                List.of());
    }
}

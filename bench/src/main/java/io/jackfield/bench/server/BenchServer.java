package io.jackfield.bench.server;

/**
 * A server under measurement. It echoes at {@code /echo} (text as text, by way of a real String; binary as binary), and
 * at {@code /broadcast} sends what it receives to every connection there.
 */
@FunctionalInterface
interface BenchServer {

    String ECHO = "/echo";
    String BROADCAST = "/broadcast";

    /** The largest message of any scenario, with room to spare. */
    int MAX_MESSAGE = 4 << 20;

    /**
     * Starts on a free port of 127.0.0.1 and returns it; threads of its own keep it running.
     *
     * @throws Exception if it cannot start; the process then ends
     */
    int start(ServerSettings settings) throws Exception;
}

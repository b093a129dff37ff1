package io.jackfield.bench.experiment;

/** What is measured, in which unit. */
public enum Metric {
    /** CPU time of the server process for each message, ns. */
    CPU("ns"),
    /** The part of it that the kernel spent for the process, 0 to 1. */
    SYSTEM_SHARE(""),
    /** Calls of the server that read, for each message; only those that the kernel counts as reads, as Java's are. */
    READS(""),
    /** The same of those that write. */
    WRITES(""),
    /** Messages each second. */
    RATE("/s"),
    /** CPU time of the server each second of time, 1 being a processor. */
    SERVER_LOAD(""),
    /** The same of the generator. */
    GENERATOR_LOAD(""),
    /** Bytes from the server for each message, frame header included. */
    WIRE_BYTES("B"),
    /** Latencies in ns, from the time at which a message was due. */
    P50("ns"),
    P99("ns"),
    P999("ns"),
    /** 99th percentile of how much later than due the generator sent, ns. */
    LATENESS("ns"),
    /** Live heap for each connection after a collection, bytes. */
    HEAP("B"),
    /** NIO buffers outside the heap for each connection, bytes. */
    BUFFERS("B"),
    /** Growth of the process for each connection, bytes; includes what the collector has not given back. */
    RESIDENT("B"),
    /** Connections that were held and still echoed. */
    HELD("");

    private final String unit;

    Metric(String unit) {
        this.unit = unit;
    }

    public String unit() {
        return unit;
    }
}

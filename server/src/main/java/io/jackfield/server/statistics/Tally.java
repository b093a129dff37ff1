package io.jackfield.server.statistics;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts occurrences by kind, for kinds that seldom occur. Thread-safe. */
final class Tally<K extends Comparable<K>> {

    private final Map<K, LongAdder> counts = new ConcurrentHashMap<>();

    void count(K kind) {
        counts.computeIfAbsent(kind, first -> new LongAdder()).increment();
    }

    /** The counts as they are now, in the order of their kinds. */
    Map<K, Long> snapshot() {
        Map<K, Long> snapshot = new TreeMap<>();
        counts.forEach((kind, count) -> snapshot.put(kind, count.sum()));
        return Collections.unmodifiableMap(snapshot);
    }
}

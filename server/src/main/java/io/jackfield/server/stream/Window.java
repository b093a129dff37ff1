package io.jackfield.server.stream;

/** How much goes ahead of whoever waits for it. */
final class Window {

    /** Bytes. Several small messages then leave in one write, and a large one is not waited for twice. */
    static final int SIZE = 64 * 1024;

    /** What a message or part counts beside its bytes, so that empty ones count too. */
    static final int ITEM_COST = 64;

    private Window() {}
}

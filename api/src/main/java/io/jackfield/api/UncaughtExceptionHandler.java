package io.jackfield.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears of what handlers and listeners throw. Must be thread-safe and must not block. */
@FunctionalInterface
@ConsumerType
public interface UncaughtExceptionHandler {

    /**
     * Called on the thread on which the listener ran. What it throws itself is logged.
     *
     * @param socket the connection whose listener threw; it goes on
     * @param thrown what was thrown, an {@code Error} too
     */
    void uncaughtException(WebSocket socket, Throwable thrown);
}

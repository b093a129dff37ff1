package io.jackfield.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of what listeners and {@link Handler#onConnection} throw. (What {@link Handler#decide} and a {@link Fallback}
 * throw is logged: there is no connection yet.) Must be thread-safe and must not block.
 */
@FunctionalInterface
@ConsumerType
public interface UncaughtExceptionHandler {

    /**
     * Called on the thread on which the listener ran. What it throws itself is logged.
     *
     * @param socket the connection concerned: after an exception in a listener it goes on
     * @param thrown what was thrown, an {@code Error} too
     */
    void uncaughtException(WebSocket socket, Throwable thrown);
}

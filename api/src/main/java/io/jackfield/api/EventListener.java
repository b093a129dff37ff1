package io.jackfield.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Receives events of one type.
 *
 * @param <E> the type of event
 */
@FunctionalInterface
@ConsumerType
public interface EventListener<E extends Event> {

    /**
     * Called for each event, one at a time for one connection. Must not block unless the options name an executor.
     *
     * @param event the event; may be kept
     * @throws Exception anything: it is handed to the uncaught-exception handler of the options, and neither the
     *     connection nor the delivery of later events suffers
     */
    void handle(E event) throws Exception;
}

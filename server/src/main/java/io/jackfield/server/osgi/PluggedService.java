package io.jackfield.server.osgi;

import io.jackfield.api.Registration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** A service and what is plugged into the server for it. Thread-safe: a service may be modified while it leaves. */
final class PluggedService<S, P> {

    private final S service;
    private final Function<P, Registration> socket;
    private final Map<P, Registration> plugged = new LinkedHashMap<>();
    private boolean closed;

    PluggedService(S service, Function<P, Registration> socket) {
        this.service = service;
        this.socket = socket;
    }

    S service() {
        return service;
    }

    /**
     * Plugs in what is new and pulls out what is not wanted any more. What stays is not touched: its connections live on.
     *
     * @param wanted all that is to be plugged in
     * @param problems is told of each that does not fit
     */
    synchronized void replace(List<P> wanted, Consumer<RuntimeException> problems) {
        if (closed) {
            return;
        }
        for (P plug : wanted) {
            if (!plugged.containsKey(plug)) {
                try {
                    plugged.put(plug, socket.apply(plug));
                } catch (RuntimeException e) {
                    problems.accept(e);
                }
            }
        }
        plugged.entrySet().removeIf(entry -> {
            boolean obsolete = !wanted.contains(entry.getKey());
            if (obsolete) {
                entry.getValue().close();
            }
            return obsolete;
        });
    }

    /** Pulls out everything, for good. */
    synchronized void close() {
        closed = true;
        plugged.values().forEach(Registration::close);
        plugged.clear();
    }
}

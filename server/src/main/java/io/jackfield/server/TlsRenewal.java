package io.jackfield.server;

import io.jackfield.api.Options;
import io.jackfield.server.connection.Connector;
import io.jackfield.server.loop.EventLoop;
import io.jackfield.server.loop.Timer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Keeps the TLS of a server's new connections as its files are: looks at them now and then, and reads again what has changed.
 * What cannot be used leaves all as it is until the next look. Thread-safe.
 *
 * <p>Files are looked at where the server's handlers run, so on the option's executor if there is one, else on the first event
 * loop: a look costs microseconds. Reading happens once a renewal.
 */
final class TlsRenewal {

    private static final Logger LOG = System.getLogger("io.jackfield.server");

    private final Connector connector;
    private final Supplier<Options> options;

    // Guarded by this.
    private Tls current;
    private EventLoop loop;
    private boolean failing;

    /** The loop's own: the next look, or null. */
    private Timer timer;

    /**
     * Renewal that does not begin yet.
     *
     * @param tls what the connector begins with, or null for no TLS
     * @param connector gets what is read
     * @param options the server's, as they are at the moment
     */
    TlsRenewal(Tls tls, Connector connector, Supplier<Options> options) {
        this.current = tls;
        this.connector = connector;
        this.options = options;
    }

    /** Begins to look at files. The timer ends with the loop. */
    synchronized void start(EventLoop running) {
        loop = running;
        plan();
    }

    /**
     * Changes the TLS of connections to come, and what files are looked at.
     *
     * @throws IllegalStateException if the server was made without TLS
     */
    synchronized void renew(Tls tls) {
        connector.renew(tls.engines());
        current = tls;
        plan();
    }

    private synchronized void plan() {
        if (loop != null && current != null) {
            EventLoop planning = loop;
            Tls planned = current;
            planning.execute(() -> schedule(planning, planned));
        }
    }

    private void schedule(EventLoop planning, Tls planned) {
        planning.cancel(timer);
        Duration interval = planned.lookInterval();
        timer = interval.isZero() ? null : planning.schedule(interval.toNanos(), () -> look(planning, planned));
    }

    private void look(EventLoop looking, Tls looked) {
        Executor place = options.get().executor().orElse(Runnable::run);
        try {
            place.execute(() -> refresh(looked));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The executor has no room to look at the files of keys: {0}", e.getMessage());
            schedule(looking, looked);
        }
    }

    private void refresh(Tls looked) {
        try {
            if (looked.isOutdated()) {
                install(looked, looked.reread());
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            report(e);
        } finally {
            plan();
        }
    }

    /** Unless somebody else has renewed it in the meantime. */
    private synchronized void install(Tls looked, Tls renewed) {
        failing = false;
        if (current == looked) {
            connector.renew(renewed.engines());
            current = renewed;
            LOG.log(Level.INFO, "Keys and certificates were read again: new connections get them");
        }
    }

    /** Once, however often the same is tried again. */
    private synchronized void report(Exception failure) {
        Level level = failing ? Level.DEBUG : Level.WARNING;
        failing = true;
        LOG.log(level, "Keys and certificates have changed and cannot be used; the old ones stay: {0}", failure);
    }
}

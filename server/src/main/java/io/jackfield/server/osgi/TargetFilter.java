package io.jackfield.server.osgi;

import io.jackfield.api.Handler;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Tells whether a service is meant for a server: its property {@value Handler#TARGET} over the server's properties. A
 * service without it, or with an empty one, is meant for every server. Thread-safe.
 */
final class TargetFilter {

    private volatile Dictionary<String, ?> serverProperties;

    TargetFilter(Map<String, ?> serverProperties) {
        changeProperties(serverProperties);
    }

    /** Holds from now on. */
    final void changeProperties(Map<String, ?> changed) {
        serverProperties = new Hashtable<>(changed);
    }

    /**
     * Whether a service is meant for the server.
     *
     * @throws IllegalArgumentException if its target is not a filter
     */
    boolean matches(ServiceReference<?> reference) {
        Object target = reference.getProperty(Handler.TARGET);
        if (ServerProperty.isBlank(target)) {
            return true;
        }
        try {
            return FrameworkUtil.createFilter(target.toString()).match(serverProperties);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(Handler.TARGET + " is not a filter: " + e.getMessage(), e);
        }
    }
}

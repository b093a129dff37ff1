package io.jackfield.server.osgi;

import io.jackfield.api.Handler;
import io.jackfield.api.Options;
import io.jackfield.server.Endpoint;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.ServiceReference;

/** Reads endpoints from the properties of {@link Handler} services. */
final class EndpointReader {

    private EndpointReader() {}

    /**
     * The endpoints of a service: one for each of its paths.
     *
     * @throws IllegalArgumentException naming the property that makes no sense
     */
    static List<Endpoint> read(ServiceReference<Handler> reference, Handler handler) {
        List<String> protocols = texts(reference, Handler.PROTOCOLS);
        Options options = options(reference);
        int ranking = ServiceTracking.ranking(reference);
        return texts(reference, Handler.PATH).stream()
                .map(path -> new Endpoint(path, handler, protocols, options, ranking))
                .toList();
    }

    /** What the service overrides of the server's options. */
    private static Options options(ServiceReference<?> reference) {
        Map<String, Object> overridden = new LinkedHashMap<>();
        for (String key : reference.getPropertyKeys()) {
            if (key.startsWith(Handler.OPTION_PREFIX)) {
                overridden.put(key.substring(Handler.OPTION_PREFIX.length()), reference.getProperty(key));
            }
        }
        return Options.of(overridden);
    }

    /** A property of type {@code String+}. */
    private static List<String> texts(ServiceReference<?> reference, String key) {
        Object value = reference.getProperty(key);
        Stream<?> values;
        if (value == null) {
            values = Stream.empty();
        } else if (value instanceof Object[] array) {
            values = Stream.of(array);
        } else if (value instanceof Collection<?> collection) {
            values = collection.stream();
        } else {
            values = Stream.of(value);
        }
        return values.map(element -> {
                    if (element instanceof String text) {
                        return text;
                    }
                    throw new IllegalArgumentException(key + " must be a String, or an array or collection of them");
                })
                .distinct()
                .toList();
    }
}

package io.jackfield.server.osgi;

import io.jackfield.api.Fallback;
import io.jackfield.api.Handler;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.statistics.ConnectionObserver;
import io.jackfield.server.WebSocketServer;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Keeps a server supplied with the endpoints, extensions and fallbacks that bundles register as services. */
final class Whiteboard {

    private final TargetFilter target;
    private final List<ServiceTracking<?, ?>> trackings;

    Whiteboard(BundleContext context, WebSocketServer server, ServerConfiguration configuration) {
        target = new TargetFilter(configuration.properties());
        ExtensionTwins twins = new ExtensionTwins(server::addExtension);
        // Extensions first, so that they are there when the first endpoint gets a handshake.
        trackings = List.of(
                new ServiceTracking<>(context, filter(Extension.class, ""), target, OfferedExtension::read, twins::add),
                new ServiceTracking<>(
                        context,
                        filter(Handler.class, "(" + Handler.PATH + "=*)"),
                        target,
                        EndpointReader::read,
                        server::addEndpoint),
                new ServiceTracking<ConnectionObserver, ConnectionObserver>(
                        context,
                        filter(ConnectionObserver.class, ""),
                        target,
                        (reference, observer) -> List.of(observer),
                        server::addObserver),
                new ServiceTracking<>(
                        context,
                        filter(Fallback.class, ""),
                        target,
                        RankedFallback::read,
                        fallback -> server.addFallback(fallback.fallback(), fallback.ranking())));
    }

    void open() {
        trackings.forEach(ServiceTracking::open);
    }

    /** Services that are not meant for the server any more leave, and others may come. */
    void change(ServerConfiguration configuration) {
        target.changeProperties(configuration.properties());
        trackings.forEach(ServiceTracking::refresh);
    }

    void close() {
        trackings.forEach(ServiceTracking::close);
    }

    private static String filter(Class<?> type, String more) {
        return "(&(objectClass=" + type.getName() + ")" + more + ")";
    }

    private record RankedFallback(Fallback fallback, int ranking) {

        static List<RankedFallback> read(ServiceReference<Fallback> reference, Fallback service) {
            return List.of(new RankedFallback(service, ServiceTracking.ranking(reference)));
        }
    }
}

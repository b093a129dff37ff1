package io.jackfield.server.osgi;

import io.jackfield.api.Registration;
import io.jackfield.api.extension.Extension;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Gives a server each extension of a bundle once. One provider can be there several times: registered by its bundle, by
 * our {@link ServiceLoaderExtender} and by a ServiceLoader Mediator. The others stand by until it leaves. Thread-safe.
 */
final class ExtensionTwins {

    private final BiFunction<Extension, Integer, Registration> server;
    private final Map<OfferedExtension.Origin, List<Twin>> twins = new HashMap<>();

    /** Gives extensions to a server, each with its ranking. */
    ExtensionTwins(BiFunction<Extension, Integer, Registration> server) {
        this.server = server;
    }

    /**
     * Adds an extension.
     *
     * @return removes it again
     * @throws IllegalArgumentException if the server does not take it
     */
    synchronized Registration add(OfferedExtension offered) {
        Twin twin = new Twin(offered);
        List<Twin> siblings = twins.computeIfAbsent(offered.origin(), origin -> new ArrayList<>());
        siblings.add(twin);
        try {
            showBest(siblings);
        } catch (RuntimeException e) {
            remove(twin);
            throw e;
        }
        return () -> remove(twin);
    }

    private synchronized void remove(Twin twin) {
        List<Twin> siblings = twins.get(twin.offered.origin());
        if (siblings == null || !siblings.remove(twin)) {
            return;
        }
        twin.hide();
        if (siblings.isEmpty()) {
            twins.remove(twin.offered.origin());
        } else {
            showBest(siblings);
        }
    }

    private void showBest(List<Twin> siblings) {
        Twin best = siblings.stream()
                .min(Comparator.comparing(twin -> twin.offered, OfferedExtension.PREFERENCE))
                .orElseThrow();
        siblings.stream().filter(twin -> twin != best).forEach(Twin::hide);
        best.show();
    }

    /** One of the services of an extension. */
    private final class Twin {

        private final OfferedExtension offered;
        private Registration shown;

        Twin(OfferedExtension offered) {
            this.offered = offered;
        }

        void show() {
            if (shown == null) {
                shown = server.apply(offered.extension(), offered.ranking());
            }
        }

        void hide() {
            if (shown != null) {
                shown.close();
                shown = null;
            }
        }
    }
}

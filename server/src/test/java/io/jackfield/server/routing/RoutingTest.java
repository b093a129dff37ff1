package io.jackfield.server.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.api.Options;
import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionParameters;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutingTest {

    private record Named(String name, String origin) implements Extension {
        @Override
        public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
            return Optional.empty();
        }
    }

    private final Routing routing = new Routing(Options.defaults());

    @Test
    void extensionsOfTheOptionsComeBeforeRegisteredOnes() {
        Extension own = new Named("x-own", "options");
        Extension low = new Named("x-low", "registered");
        Extension high = new Named("x-high", "registered");
        routing.extensions().add(low, 0);
        routing.extensions().add(high, 7);
        assertEquals(
                List.of(own, high, low),
                routing.extensionsFor(Options.builder().extensions(own).build()));
    }

    @Test
    void ofTwoWithOneNameTheFirstCounts() {
        Extension own = new Named("x-same", "options");
        Extension registered = new Named("x-same", "registered");
        Extension later = new Named("x-same", "later");
        routing.extensions().add(registered, 0);
        routing.extensions().add(later, 0);
        assertEquals(List.of(registered), routing.extensionsFor(Options.defaults()));
        assertEquals(
                List.of(own),
                routing.extensionsFor(Options.builder().extensions(own).build()));
    }
}

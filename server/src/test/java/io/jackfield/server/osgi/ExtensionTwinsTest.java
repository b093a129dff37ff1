package io.jackfield.server.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jackfield.api.Registration;
import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.server.osgi.OfferedExtension.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExtensionTwinsTest {

    private static final boolean OWN = false;
    private static final boolean MEDIATED = true;

    private final List<Extension> shown = new ArrayList<>();
    private final ExtensionTwins twins = new ExtensionTwins(this::show);

    @Test
    void oneProviderIsShownOnceHoweverOftenItIsRegistered() {
        Extension first = new Named("x");
        Registration firstRegistration = twins.add(offered(1, first, MEDIATED, 0));
        Extension second = new Named("x");
        Registration secondRegistration = twins.add(offered(1, second, MEDIATED, 0));
        assertEquals(List.of(first), shown);
        firstRegistration.close();
        assertEquals(List.of(second), shown);
        secondRegistration.close();
        assertEquals(List.of(), shown);
    }

    @Test
    void anExtensionThatABundleRegistersGoesBeforeWhatAMediatorFoundInIt() {
        Extension found = new Named("x");
        twins.add(offered(1, found, MEDIATED, 10));
        Extension own = new Named("x");
        Registration ownRegistration = twins.add(offered(1, own, OWN, 0));
        assertEquals(List.of(own), shown);
        ownRegistration.close();
        assertEquals(List.of(found), shown);
    }

    @Test
    void theHigherRankingWins() {
        twins.add(offered(1, new Named("x"), OWN, 0));
        Extension better = new Named("x");
        twins.add(offered(1, better, OWN, 1));
        assertEquals(List.of(better), shown);
    }

    @Test
    void otherNamesAndOtherBundlesAreOtherExtensions() {
        Extension x = new Named("x");
        Extension y = new Named("y");
        Extension strangersX = new Named("x");
        twins.add(offered(1, x, OWN, 0));
        twins.add(offered(1, y, OWN, 0));
        twins.add(offered(2, strangersX, OWN, 0));
        assertEquals(List.of(x, y, strangersX), shown);
    }

    @Test
    void closingTwiceHasNoEffect() {
        Registration registration = twins.add(offered(1, new Named("x"), OWN, 0));
        registration.close();
        Extension next = new Named("x");
        twins.add(offered(1, next, OWN, 0));
        registration.close();
        assertEquals(List.of(next), shown);
    }

    @Test
    void whatTheServerDoesNotTakeLeavesNoTrace() {
        assertThrows(
                IllegalArgumentException.class, () -> twins.add(offered(1, new Named("refused"), OWN, 0)));
        assertThrows(
                IllegalArgumentException.class, () -> twins.add(offered(1, new Named("refused"), MEDIATED, 0)));
        assertEquals(List.of(), shown);
    }

    private static OfferedExtension offered(long bundle, Extension extension, boolean mediated, int ranking) {
        return new OfferedExtension(new Origin(bundle, extension.name()), extension, mediated, ranking);
    }

    private Registration show(Extension extension, int ranking) {
        if (extension.name().equals("refused")) {
            throw new IllegalArgumentException("refused");
        }
        shown.add(extension);
        return () -> shown.remove(extension);
    }

    /** Two with the same name are not equal. */
    private static final class Named implements Extension {

        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
            return Optional.empty();
        }
    }
}

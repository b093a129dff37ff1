package io.jackfield.itest.decliningbundle;

import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionParameters;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code x-declining}: declines the first offer that any instance gets, and refuses the handshake of all others. */
public final class DecliningExtension implements Extension {

    private static final AtomicInteger OFFERS = new AtomicInteger();

    /** Called by ServiceLoader, perhaps several times. */
    public DecliningExtension() {}

    @Override
    public String name() {
        return "x-declining";
    }

    @Override
    public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context)
            throws ExtensionException {
        int count = OFFERS.incrementAndGet();
        if (count > 1) {
            throw new ExtensionException("asked for the " + count + ". time");
        }
        return Optional.empty();
    }
}

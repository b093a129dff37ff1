package io.jackfield.server.connection;

import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionParameters;
import java.util.List;
import java.util.Optional;

/** Fails when it is asked for its name. */
final class BrokenExtension implements Extension {

    @Override
    public String name() {
        throw new IllegalStateException("on purpose");
    }

    @Override
    public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
        return Optional.empty();
    }
}

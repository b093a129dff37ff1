package io.jackfield.api;

import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionParameters;
import java.util.List;
import java.util.Optional;

/** An extension of which only the name matters; it declines every offer. */
record NamedExtension(String name) implements Extension {

    @Override
    public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
        return Optional.empty();
    }
}

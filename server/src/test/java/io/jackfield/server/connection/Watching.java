package io.jackfield.server.connection;

import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.api.extension.ImmediateSession;
import java.util.List;
import java.util.Optional;

/** An extension that accepts every offer and changes nothing. */
class Watching implements Extension {

    private final String name;

    Watching(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
        return Optional.of(new AcceptedExtension(ExtensionParameters.EMPTY, new ImmediateSession() {}));
    }
}

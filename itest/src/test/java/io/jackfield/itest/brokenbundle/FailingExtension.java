package io.jackfield.itest.brokenbundle;

import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionParameters;
import java.util.List;
import java.util.Optional;

/** Cannot be made, because its constructor throws. */
public final class FailingExtension implements Extension {

    /** Called by ServiceLoader, in vain. */
    public FailingExtension() {
        throw new IllegalStateException("no licence,\nno extension");
    }

    @Override
    public String name() {
        return "x-failing";
    }

    @Override
    public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
        return Optional.empty();
    }
}

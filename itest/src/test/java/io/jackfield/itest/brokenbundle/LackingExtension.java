package io.jackfield.itest.brokenbundle;

import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionParameters;
import java.util.List;
import java.util.Optional;

/** Cannot be loaded, because a class that it extends is not there. */
public final class LackingExtension extends MissingBase implements Extension {

    /** Never called. */
    public LackingExtension() {}

    @Override
    public String name() {
        return "x-lacking";
    }

    @Override
    public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
        return Optional.empty();
    }
}

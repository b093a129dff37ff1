package io.jackfield.itest.brokenbundle;

import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.api.extension.ImmediateSession;
import java.util.List;
import java.util.Optional;

/** {@code x-working}: the one among them that works, and changes nothing. */
public final class WorkingExtension implements Extension {

    /** Called by ServiceLoader. */
    public WorkingExtension() {}

    @Override
    public String name() {
        return "x-working";
    }

    @Override
    public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
        return Optional.of(new AcceptedExtension(ExtensionParameters.EMPTY, new UnchangedMessages()));
    }

    private static final class UnchangedMessages implements ImmediateSession {

        @Override
        public ExtensionMessage incoming(ExtensionMessage message) {
            return message;
        }

        @Override
        public ExtensionMessage outgoing(ExtensionMessage message) {
            return message;
        }
    }
}

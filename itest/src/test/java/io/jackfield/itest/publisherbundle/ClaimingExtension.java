package io.jackfield.itest.publisherbundle;

import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.api.extension.ImmediateSession;
import java.util.List;
import java.util.Optional;

/** Claims RSV1, as any compression does, and changes nothing. */
public final class ClaimingExtension implements Extension {

    private final String name;

    /** @param name the name of the extension */
    public ClaimingExtension(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean rsv1() {
        return true;
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

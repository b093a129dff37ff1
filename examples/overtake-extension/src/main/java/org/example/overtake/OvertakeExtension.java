package org.example.overtake;

import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionParameter;
import io.jackfield.api.extension.ExtensionParameters;
import java.util.List;
import java.util.Optional;

/**
 * {@code x-overtake}: a message with RSV3 has one more byte at its end, which counts from 0 in the order in which the
 * messages were finished. Of each two messages to the peer the second is finished first, if it comes before the first
 * has waited for as many milliseconds as the parameter {@code hold} says: 1 to 60000.
 */
public class OvertakeExtension implements Extension {

    private static final String HOLD = "hold";
    private static final int MAX_HOLD = 60_000;

    private final FinishingThread thread = new FinishingThread();

    @Override
    public String name() {
        return "x-overtake";
    }

    @Override
    public boolean rsv3() {
        return true;
    }

    @Override
    public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context)
            throws ExtensionException {
        ExtensionParameters preferred = offers.get(0);
        int hold = hold(preferred);
        return Optional.of(new AcceptedExtension(preferred, new OvertakeSession(thread, hold)));
    }

    /** What is wrong with an offer refuses the handshake, so that the author of the client learns of it. */
    private static int hold(ExtensionParameters offer) throws ExtensionException {
        List<ExtensionParameter> holds = offer.all(HOLD);
        if (holds.size() != 1 || offer.list().size() != 1 || holds.get(0).isFlag()) {
            throw new ExtensionException("expected hold=<milliseconds> and nothing else");
        }
        String value = holds.get(0).value();
        if (!value.matches("[1-9][0-9]{0,4}") || Integer.parseInt(value) > MAX_HOLD) {
            throw new ExtensionException("hold is not a number from 1 to " + MAX_HOLD);
        }
        return Integer.parseInt(value);
    }
}

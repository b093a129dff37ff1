package io.jackfield.ext.deflate;

import static io.jackfield.ext.deflate.DeflateParameters.ABSENT;
import static io.jackfield.ext.deflate.DeflateParameters.MAX_WINDOW_BITS;
import static io.jackfield.ext.deflate.DeflateParameters.WITHOUT_VALUE;

import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionOffer;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.api.extension.ExtensionSession;
import java.util.List;

/** What a client offers, and how it takes the server's answer (RFC 7692 section 7.1). */
final class ClientOffer implements ExtensionOffer {

    /** RFC 6455 section 7.4.1: the server did not negotiate what the client expected. */
    private static final int MANDATORY_EXTENSION = 1010;

    private final DeflateOptions options;
    private final Codecs codecs;
    private final DeflateParameters offer;

    ClientOffer(DeflateOptions options, Codecs codecs) {
        this.options = options;
        this.codecs = codecs;
        this.offer = new DeflateParameters(
                options.requestNoContextTakeover(),
                options.noContextTakeover(),
                options.requestMaxWindowBits() < MAX_WINDOW_BITS ? options.requestMaxWindowBits() : ABSENT,
                options.maxWindowBits() < MAX_WINDOW_BITS ? options.maxWindowBits() : WITHOUT_VALUE);
    }

    @Override
    public List<ExtensionParameters> offers() {
        return List.of(offer.toHeader());
    }

    @Override
    public ExtensionSession activate(ExtensionParameters response, ExtensionContext context) throws ExtensionException {
        DeflateParameters answer =
                DeflateParameters.parse(response).orElseThrow(() -> unfit(response, "has an invalid parameter"));
        if (offer.serverNoContextTakeover() && !answer.serverNoContextTakeover()) {
            // 7.1.1.1: a server that accepts the offer confirms the parameter.
            throw unfit(response, "lacks " + DeflateParameters.SERVER_NO_CONTEXT_TAKEOVER);
        }
        if (offer.serverMaxWindowBits() != ABSENT
                && (answer.serverMaxWindowBits() == ABSENT
                        || answer.serverMaxWindowBits() > offer.serverMaxWindowBits())) {
            // 7.1.2.1: confirmed with the same or a smaller value.
            throw unfit(response, "must limit the server's window to " + offer.serverMaxWindowBits() + " bits");
        }
        if (answer.clientMaxWindowBits() == WITHOUT_VALUE) {
            throw unfit(response, "lacks the value of " + DeflateParameters.CLIENT_MAX_WINDOW_BITS);
        }
        if (answer.clientMaxWindowBits() > options.maxWindowBits()) {
            // 7.1.2.2: with the same or a smaller value than offered.
            throw unfit(response, "widens the client's window beyond " + options.maxWindowBits() + " bits");
        }
        int ownWindowBits =
                answer.clientMaxWindowBits() == ABSENT ? options.maxWindowBits() : answer.clientMaxWindowBits();
        int serverWindowBits = answer.serverMaxWindowBits() == ABSENT ? MAX_WINDOW_BITS : answer.serverMaxWindowBits();
        Agreement agreement = new Agreement(
                new Agreement.Direction(
                        ownWindowBits, !(options.noContextTakeover() || answer.clientNoContextTakeover())),
                new Agreement.Direction(serverWindowBits, !answer.serverNoContextTakeover()));
        return new DeflateSession(agreement, options, context, codecs);
    }

    private static ExtensionException unfit(ExtensionParameters response, String what) {
        return new ExtensionException(MANDATORY_EXTENSION, "response '" + response + "' " + what, null);
    }
}

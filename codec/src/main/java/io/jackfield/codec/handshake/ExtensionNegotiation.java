package io.jackfield.codec.handshake;

import io.jackfield.api.NegotiatedExtension;
import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.codec.ActiveExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The server's half of the extension negotiation (RFC 6455 section 9.1) of one handshake: asks the extensions that were
 * offered, in the order of their registration, and leaves out those whose reserved bits are taken.
 */
final class ExtensionNegotiation {

    private final List<ExtensionHeader.Element> offers;
    private final ExtensionContext context;

    private final List<ActiveExtension> active = new ArrayList<>();
    private String response = "";

    ExtensionNegotiation(List<ExtensionHeader.Element> offers, ExtensionContext context) {
        this.offers = offers;
        this.context = context;
    }

    /**
     * Asks the extensions. Whatever this throws, {@link #closeSessions} is called behind it.
     *
     * @throws ExtensionException if an extension refuses the handshake
     */
    void run(List<Extension> extensions) throws ExtensionException {
        for (Extension extension : extensions) {
            List<ExtensionParameters> itsOffers = offersFor(extension);
            if (!itsOffers.isEmpty() && !isNameTaken(extension) && !isReservedBitTaken(extension)) {
                Optional<AcceptedExtension> answer =
                        Objects.requireNonNull(extension.accept(itsOffers, context), "accept() returned null");
                if (answer.isPresent()) {
                    activate(extension, answer.get());
                }
            }
        }
    }

    private void activate(Extension extension, AcceptedExtension answer) {
        NegotiatedExtension negotiated = new NegotiatedExtension(extension.name(), answer.response());
        active.add(new ActiveExtension(
                negotiated, extension.rsv1(), extension.rsv2(), extension.rsv3(), answer.session()));
        String element = ExtensionHeader.format(negotiated.name(), negotiated.parameters());
        response = response.isEmpty() ? element : response + ", " + element;
    }

    /** The extensions that were accepted, in the order of their registration. */
    List<ActiveExtension> active() {
        return List.copyOf(active);
    }

    /** The value of {@code Sec-WebSocket-Extensions} in the answer; "" for no such field. */
    String response() {
        return response;
    }

    /** Closes what was made for a handshake that then failed; what goes wrong there is added to the failure. */
    void closeSessions(Throwable failure) {
        for (ActiveExtension extension : active) {
            try {
                extension.session().close();
            } catch (RuntimeException | Error e) {
                if (e != failure) {
                    failure.addSuppressed(e);
                }
            }
        }
    }

    private List<ExtensionParameters> offersFor(Extension extension) {
        String name = extension.name();
        return offers.stream()
                .filter(offer -> offer.name().equals(name))
                .map(ExtensionHeader.Element::parameters)
                .toList();
    }

    private boolean isNameTaken(Extension extension) {
        return active.stream().anyMatch(other -> other.negotiated().name().equals(extension.name()));
    }

    private boolean isReservedBitTaken(Extension extension) {
        return active.stream()
                .anyMatch(other -> other.rsv1() && extension.rsv1()
                        || other.rsv2() && extension.rsv2()
                        || other.rsv3() && extension.rsv3());
    }
}

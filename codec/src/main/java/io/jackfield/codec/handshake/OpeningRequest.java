package io.jackfield.codec.handshake;

import java.util.List;
import java.util.Set;

/**
 * A client's opening handshake that {@link OpeningHandshake#judge(io.jackfield.api.Request)} has found good: what the answer depends on.
 * Immutable; made by judging alone, so that whoever has one need not judge again.
 */
public final class OpeningRequest implements OpeningHandshake.Judgement {

    private final String key;
    private final List<ExtensionHeader.Element> extensionOffers;
    private final Set<String> protocols;

    OpeningRequest(String key, List<ExtensionHeader.Element> extensionOffers, Set<String> protocols) {
        this.key = key;
        this.extensionOffers = extensionOffers;
        this.protocols = protocols;
    }

    String key() {
        return key;
    }

    List<ExtensionHeader.Element> extensionOffers() {
        return extensionOffers;
    }

    /** The subprotocols in the client's order. */
    Set<String> protocols() {
        return protocols;
    }
}

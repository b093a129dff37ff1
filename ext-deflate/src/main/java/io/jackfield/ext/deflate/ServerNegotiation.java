package io.jackfield.ext.deflate;

import static io.jackfield.ext.deflate.DeflateParameters.ABSENT;
import static io.jackfield.ext.deflate.DeflateParameters.MAX_WINDOW_BITS;

import io.jackfield.api.extension.ExtensionParameters;

/**
 * A server's answer to one valid offer (RFC 7692 section 7.1).
 *
 * @param response the parameters to send back
 * @param agreement what binds the server from then on
 */
record ServerNegotiation(ExtensionParameters response, Agreement agreement) {

    static ServerNegotiation answer(DeflateOptions options, DeflateParameters offer) {
        boolean serverNoContextTakeover = options.noContextTakeover() || offer.serverNoContextTakeover();
        boolean clientNoContextTakeover = options.requestNoContextTakeover() || offer.clientNoContextTakeover();

        int serverWindowBits = smaller(options.maxWindowBits(), offer.serverMaxWindowBits());
        // RFC 7692 7.1.2.2: without the client's word that it understands the parameter its window cannot be limited.
        int clientWindowBits = offer.clientMaxWindowBits() == ABSENT
                ? MAX_WINDOW_BITS
                : smaller(options.requestMaxWindowBits(), offer.clientMaxWindowBits());

        // 7.1.2.1: who asks is answered, with 15 too: permessage-deflate for Node fails the handshake otherwise.
        // Unasked
        // we could tell a smaller window as well; some clients fail on that, so it is used but not told.
        boolean tellServerWindow = offer.serverMaxWindowBits() != ABSENT;
        boolean tellClientWindow = clientWindowBits < MAX_WINDOW_BITS;
        DeflateParameters response = new DeflateParameters(
                serverNoContextTakeover,
                clientNoContextTakeover,
                tellServerWindow ? serverWindowBits : ABSENT,
                tellClientWindow ? clientWindowBits : ABSENT);
        return new ServerNegotiation(
                response.toHeader(),
                new Agreement(
                        new Agreement.Direction(serverWindowBits, !serverNoContextTakeover),
                        new Agreement.Direction(clientWindowBits, !clientNoContextTakeover)));
    }

    /** The smaller of the two, where an offer without a number does not limit. */
    private static int smaller(int ours, int offered) {
        return offered > ABSENT ? Math.min(ours, offered) : ours;
    }
}

package io.jackfield.api.extension;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** What a client offers for one extension on one connection, and what it does when a server accepts. */
@ConsumerType
public interface ExtensionOffer {

    /**
     * The offers in order of preference.
     *
     * @return the parameters of each offer; not empty
     */
    List<ExtensionParameters> offers();

    /**
     * Takes the server's answer.
     *
     * @param response the parameters that the server answered with
     * @param context what binds the session
     * @return the session for this connection
     * @throws ExtensionException if the answer does not fit what was offered: the connection fails
     */
    ExtensionSession activate(ExtensionParameters response, ExtensionContext context) throws ExtensionException;
}

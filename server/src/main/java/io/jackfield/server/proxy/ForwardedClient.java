package io.jackfield.server.proxy;

import io.jackfield.api.ForwardedHeaders;
import io.jackfield.api.Headers;
import io.jackfield.api.Options;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * The client as trusted proxies tell of it. Each proxy adds, behind what it was sent, who sent it: what stands in front of the
 * first entry that a trusted proxy has written may be anybody's invention.
 *
 * @param address the client's address, or that of the last proxy that is known
 * @param secure whether it speaks TLS
 * @param host the {@code Host} that it asked for, or empty if the proxy does not tell it
 */
public record ForwardedClient(InetSocketAddress address, boolean secure, Optional<String> host) {

    /**
     * Reads what trusted proxies say.
     *
     * @param headers the fields of a request
     * @param peer who has sent it
     * @param options name the trusted proxies and the fields that they use
     * @return empty if the fields are malformed
     */
    public static Optional<ForwardedClient> of(Headers headers, InetSocketAddress peer, Options options) {
        ForwardedClient direct = new ForwardedClient(peer, false, Optional.empty());
        if (!options.trustsProxy(peer.getAddress())) {
            return Optional.of(direct);
        }
        if (options.forwardedHeaders() == ForwardedHeaders.X_FORWARDED) {
            return Optional.of(direct.behind(XForwardedFields.parse(headers), options));
        }
        Optional<String> field = headers.joined("Forwarded");
        return field.isEmpty()
                ? Optional.of(direct)
                : ForwardedField.parse(field.get()).map(hops -> direct.behind(hops, options));
    }

    /** Goes from the nearest hop to the farthest, as far as each was told of by a trusted proxy that is known. */
    private ForwardedClient behind(List<Hop> hops, Options options) {
        ForwardedClient client = this;
        boolean known = true;
        for (int i = hops.size() - 1; i >= 0 && known && options.trustsProxy(client.address.getAddress()); i--) {
            Hop hop = hops.get(i);
            known = hop.source().isPresent();
            client = new ForwardedClient(hop.source().orElse(client.address), hop.secure(), hop.host());
        }
        return client;
    }
}

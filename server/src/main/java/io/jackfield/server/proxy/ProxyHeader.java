package io.jackfield.server.proxy;

import java.net.InetSocketAddress;

/**
 * What a proxy says of the connection that it passes on.
 *
 * @param source the client's address, or null if the proxy does not tell it, or connects for itself
 * @param secure whether the proxy says that the client speaks TLS to it
 */
public record ProxyHeader(InetSocketAddress source, boolean secure) {

    /** What is known of a client if no proxy tells of it. */
    public static final ProxyHeader NONE = new ProxyHeader(null, false);
}

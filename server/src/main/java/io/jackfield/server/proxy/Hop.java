package io.jackfield.server.proxy;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What one proxy says of whoever connected to it.
 *
 * @param source the address, or empty if the proxy does not tell it
 * @param secure whether it spoke TLS
 * @param host the {@code Host} that it asked for, or empty
 */
record Hop(Optional<InetSocketAddress> source, boolean secure, Optional<String> host) {}

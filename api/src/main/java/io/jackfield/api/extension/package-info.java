/**
 * The SPI by which third parties plug WebSocket extensions (RFC 6455 section 9) into Jackfield.
 *
 * <p>An {@link io.jackfield.api.extension.Extension} has a name and claims reserved bits of the frame header. In each
 * opening handshake it is shown the client's offers and either declines or answers with an
 * {@link io.jackfield.api.extension.AcceptedExtension}: the parameters to send back, and an
 * {@link io.jackfield.api.extension.ExtensionSession} that from then on turns each message of that one connection into
 * another, in both directions. A session answers at once
 * ({@link io.jackfield.api.extension.ImmediateSession}) or later
 * ({@link io.jackfield.api.extension.DeferredSession}); whatever it does, messages keep their order.
 *
 * <p>A message that is published to many connections is a {@link io.jackfield.api.extension.SharedMessage}: sessions may
 * agree on what they make of it, so that it is made once.
 *
 * <p>Extensions are found in three ways: given in the options, by {@link java.util.ServiceLoader}, or as an OSGi
 * service registered under {@link io.jackfield.api.extension.Extension}.
 */
@Version("1.0.0")
package io.jackfield.api.extension;

import org.osgi.annotation.versioning.Version;

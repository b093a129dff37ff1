/**
 * The opening handshake (RFC 6455 section 4) without I/O: {@link io.jackfield.codec.handshake.RequestParser} turns
 * bytes into a request, {@link io.jackfield.codec.handshake.OpeningHandshake} judges it, chooses subprotocol and
 * extensions and gives the bytes to answer with. {@link io.jackfield.codec.handshake.RequestMethod} serves those that
 * answer other requests.
 */
@Version("1.0.0")
package io.jackfield.codec.handshake;

import org.osgi.annotation.versioning.Version;

/**
 * What an application sees of a WebSocket connection: the W3C's {@code WebSocket} in Java's idiom.
 *
 * <p>A {@link io.jackfield.api.Handler} is bound to a path. For each opening handshake it may
 * {@link io.jackfield.api.Decision decide} on the {@link io.jackfield.api.Request}, and for each connection that it
 * accepts it gets a {@link io.jackfield.api.WebSocket}, to which it attaches listeners for
 * {@link io.jackfield.api.Event events}. {@link io.jackfield.api.Options} set limits, times and policies.
 *
 * <p>All events of one connection are delivered one after the other. Unless an executor is given in the options they
 * run on the connection's event loop, which serves other connections too: a listener must not block there.
 */
@Version("1.0.0")
package io.jackfield.api;

import org.osgi.annotation.versioning.Version;

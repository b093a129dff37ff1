/**
 * Messages as streams: with back-pressure from end to end, and in parts, so that one of any size passes with constant
 * memory.
 *
 * <p>{@link io.jackfield.api.stream.WebSocketStream} gives a connection as publishers and subscribers of
 * {@link java.util.concurrent.Flow}; {@link io.jackfield.api.stream.BlockingWebSocket} gives it to a thread that may
 * wait. Both are made when they are asked for: a connection without them is none the heavier.
 */
@Version("1.0.0")
package io.jackfield.api.stream;

import org.osgi.annotation.versioning.Version;

/**
 * The WebSocket protocol behind the opening handshake (RFC 6455 sections 5 to 8) as a state machine without I/O.
 *
 * <p>{@link io.jackfield.codec.Driver} is one end of one connection. Its owner passes in what it reads from the
 * transport; messages and control frames come out through a {@link io.jackfield.codec.DriverListener}. What is sent goes
 * as frames to a {@link io.jackfield.codec.FrameOutput}. A driver is not thread-safe: one thread at a time, its owner,
 * calls it. The drivers of one owner share a {@link io.jackfield.codec.DriverMemory}, so that an idle one holds no buffer.
 */
@Version("1.0.0")
package io.jackfield.codec;

import org.osgi.annotation.versioning.Version;

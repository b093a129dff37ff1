/**
 * How a connection of another HTTP server becomes a WebSocket: what adapters to such servers are written against.
 *
 * <p>An adapter makes a {@link io.jackfield.api.Request} of what its container has read and gives it to
 * {@link io.jackfield.server.WebSocketServer#upgrade}. It writes the {@link io.jackfield.server.upgrade.UpgradeAnswer} by the
 * container's means. If that is a 101, and the container hands out the connection's bytes, the adapter connects them to the
 * {@link io.jackfield.server.upgrade.Upgrade} as a {@link io.jackfield.server.upgrade.ContainerConnection}, and from then on
 * tells when there is something to read, and room to write.
 */
@Version("1.0.0")
package io.jackfield.server.upgrade;

import org.osgi.annotation.versioning.Version;

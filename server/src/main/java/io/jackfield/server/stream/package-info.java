/**
 * Connections as {@link java.util.concurrent.Flow} and for threads that wait: what {@code io.jackfield.api.stream}
 * promises. Knows a connection as a {@link io.jackfield.server.stream.StreamConnection} only, and gives it a {@link
 * io.jackfield.server.stream.PartReceiver}.
 */
package io.jackfield.server.stream;

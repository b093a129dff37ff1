/**
 * Bytes between a socket and its connection, plain or through TLS, and the queue of those that the socket does not take
 * yet.
 */
package io.jackfield.server.transport;

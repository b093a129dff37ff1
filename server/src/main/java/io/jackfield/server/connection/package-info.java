/**
 * One connection in its phases: the opening handshake ({@code OpeningPhase}), the WebSocket ({@code WebSocketSession}),
 * and its end.
 */
package io.jackfield.server.connection;

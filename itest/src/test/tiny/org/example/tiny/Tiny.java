package org.example.tiny;

import io.jackfield.server.WebSocketServer;
import java.io.IOException;

/** Runs an echo server until its input ends. */
public final class Tiny {

    private Tiny() {}

    /**
     * Prints the port that it listens on.
     *
     * @param arguments none
     * @throws IOException if it cannot listen
     */
    public static void main(String[] arguments) throws IOException {
        try (WebSocketServer server = WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .loops(1)
                .onConnection("/echo", socket -> socket.onMessage(socket::send))
                .start()) {
            System.out.println(server.port());
            System.in.transferTo(System.out);
        }
    }
}

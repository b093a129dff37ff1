package io.jackfield.documentation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests as bytes. */
final class Http {

    private Http() {}

    /** What a server on this machine answers before it closes the connection. */
    static String answer(int port, String request) throws IOException {
        return answer(port, request, new byte[0]);
    }

    /** The same, with bytes that follow the request. */
    static String answer(int port, String request, byte[] rest) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(rest);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}

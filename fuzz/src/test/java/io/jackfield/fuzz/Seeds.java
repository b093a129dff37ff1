package io.jackfield.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;

/** Inputs to begin with: good ones, from which the fuzzer makes bad ones. */
final class Seeds {

    private static final String REQUEST =
            "GET /chat?room=1 HTTP/1.1\r\nHost: example.com:8080\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Protocol: chat, superchat\r\nOrigin: http://example.com\r\n\r\n";

    private Seeds() {}

    static List<byte[]> requestHeads() {
        return List.of(
                text(7, REQUEST),
                text(1, REQUEST + "\u0081\u0085more"),
                text(9, "\r\n\r\nGET ws://[2001:db8::1]:80/a%20b HTTP/1.1\r\nhost:a\r\nContent-Length: 0\r\n\r\n"),
                text(3, "OPTIONS * HTTP/1.0\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"),
                text(2, "HEAD http://user@[v1.a:b]?q=%zz HTTP/2.0\r\nHost: 127.0.0.1:\r\n\tfolded\r\n\r\n"));
    }

    static List<byte[]> extensionHeaders() {
        return List.of(
                text(0, "permessage-deflate; client_max_window_bits"),
                text(
                        255,
                        "permessage-deflate; server_max_window_bits=10; client_max_window_bits=\"1\\5\", x-echo;a=b, ,e"),
                text(
                        37,
                        "permessage-deflate; server_no_context_takeover; client_no_context_takeover, permessage-deflate"));
    }

    static List<byte[]> frames() {
        return List.of(
                hex("0007", "818537fa213d7f9f4d5158", "898137fa213d36", "888537fa213d341257494d"),
                hex("0001", "01023031", "8000"),
                hex(
                        "0600",
                        "8105",
                        "48656c6c6f",
                        "010348c3",
                        "8a00",
                        "8001a4",
                        "827e0080",
                        "00".repeat(128),
                        "8802",
                        "03e8"),
                hex("4705", "c107", "f248cdc9c90700", "4103f248cd", "8004c9c90700", "c2020300"),
                hex("2c11", "0101", "41", "8900", "000142", "80", "0143", "8803", "03e84f"));
    }

    static List<byte[]> deflated() {
        byte[] text = "{\"id\":17,\"name\":\"Jackfield\",\"tags\":[\"socket\",\"panel\",\"socket\"]}"
                .getBytes(StandardCharsets.UTF_8);
        return List.of(
                messages(0x070a, hex("f248cdc9c90700"), hex("f200110000")),
                messages(0x0f0a, hex("000500faff48656c6c6f00"), hex("f348cdc9c9070000")),
                messages(0x000a, hex("f24805000000ffffcac9c90700"), hex("00")),
                // A final stored block that lacks just as many octets as a receiver may put behind a message.
                messages(0x0f0a, hex("010b00f4ff4865")),
                messages(0x070f, deflate(text, Deflater.HUFFMAN_ONLY), deflate(text, Deflater.DEFAULT_STRATEGY)),
                messages(0x010c, deflate(new byte[3000], Deflater.DEFAULT_STRATEGY), deflate(text, Deflater.FILTERED)));
    }

    /** Puts each input into a file of its own. */
    static void write(List<byte[]> inputs, Path directory) throws IOException {
        Files.createDirectories(directory);
        for (int i = 0; i < inputs.size(); i++) {
            Files.write(directory.resolve("seed-" + i), inputs.get(i));
        }
    }

    private static byte[] text(int choice, String text) {
        return ((char) choice + text).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] hex(String... parts) {
        return HexFormat.of().parseHex(String.join("", parts));
    }

    private static byte[] messages(int choice, byte[]... payloads) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.write(choice >> 8);
        input.write(choice);
        for (byte[] payload : payloads) {
            input.write(payload.length >> 8);
            input.write(payload.length);
            input.writeBytes(payload);
        }
        return input.toByteArray();
    }

    /** A message as a sender of permessage-deflate has it, without the last four octets. */
    private static byte[] deflate(byte[] message, int strategy) {
        Deflater deflater = new Deflater(9, true);
        try {
            deflater.setStrategy(strategy);
            deflater.setInput(message);
            byte[] output = new byte[2 * message.length + 64];
            int length = 0;
            for (int i = 0; i < 3; i++) {
                length += deflater.deflate(output, length, output.length - length, Deflater.SYNC_FLUSH);
            }
            return java.util.Arrays.copyOf(output, length - 4);
        } finally {
            deflater.end();
        }
    }
}

package io.jackfield.ext.deflate;

import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionParameter;
import io.jackfield.api.extension.ExtensionParameters;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Messages, and the shortest way to write them down. */
final class TestData {

    static final ExtensionContext LIMIT_OF_16_MIB = () -> 16 << 20;

    private static final String[] WORDS =
            ("order customer shipped pending Berlin Paris London invoice total price currency"
                            + " quantity description wireless keyboard mouse monitor stand adapter cable größer naïve")
                    .split(" ");

    private TestData() {}

    /** The kinds of content that differ for a compressor. */
    enum Kind {
        JSON,
        REPETITIVE,
        RANDOM;

        byte[] message(int length, Random random) {
            byte[] message = new byte[length];
            switch (this) {
                case RANDOM -> random.nextBytes(message);
                case REPETITIVE -> {
                    int period = 1 + random.nextInt(700);
                    for (int i = 0; i < length; i++) {
                        message[i] = (byte) (i < period ? random.nextInt(256) : message[i - period]);
                    }
                }
                case JSON -> {
                    StringBuilder json = new StringBuilder("{\"items\":[");
                    while (json.length() < length) {
                        json.append("{\"id\":")
                                .append(random.nextInt(1_000_000))
                                .append(",\"type\":\"");
                        json.append(word(random))
                                .append("\",\"customer\":{\"name\":\"")
                                .append(word(random));
                        json.append(' ')
                                .append(word(random))
                                .append("\"},\"price\":")
                                .append(random.nextInt(10_000));
                        json.append(",\"note\":\"")
                                .append(word(random))
                                .append(' ')
                                .append(word(random))
                                .append("\"},");
                    }
                    System.arraycopy(json.toString().getBytes(StandardCharsets.UTF_8), 0, message, 0, length);
                }
            }
            return message;
        }

        private static String word(Random random) {
            return WORDS[random.nextInt(WORDS.length)];
        }
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static String hex(ByteBuffer bytes) {
        return HexFormat.of().formatHex(bytes(bytes));
    }

    static ByteBuffer buffer(String hexDigits) {
        return ByteBuffer.wrap(hex(hexDigits));
    }

    static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(ByteBuffer bytes) {
        return new String(bytes(bytes), StandardCharsets.UTF_8);
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    static ExtensionMessage plain(ByteBuffer payload) {
        return new ExtensionMessage(ExtensionMessage.Type.BINARY, false, false, false, payload);
    }

    static ExtensionMessage compressed(ByteBuffer payload) {
        return plain(payload).withRsv1(true);
    }

    /** Parameters as they stand in a header field, without quotes: {@code a; b=1}. */
    static ExtensionParameters parameters(String field) {
        List<ExtensionParameter> list = new ArrayList<>();
        for (String part : field.split(";")) {
            if (!part.isBlank()) {
                int equals = part.indexOf('=');
                list.add(
                        equals < 0
                                ? ExtensionParameter.flag(part.strip())
                                : new ExtensionParameter(
                                        part.substring(0, equals).strip(), part.substring(equals + 1)));
            }
        }
        return new ExtensionParameters(list);
    }
}

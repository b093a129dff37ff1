package io.jackfield.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/** Messages as applications send them: the same few keys, and values that differ. Always the same ones. */
public final class JsonMessages {

    private static final String[] SYMBOLS = {"ACME", "GLOBEX", "INITECH", "UMBRELLA", "HOOLI", "STARK", "WAYNE"};
    private static final String[] SIDES = {"buy", "sell"};

    private JsonMessages() {}

    /** So many, each of so many bytes. */
    public static byte[][] of(int number, int size) {
        Random random = new Random(7692);
        byte[][] messages = new byte[number][];
        for (int i = 0; i < number; i++) {
            messages[i] = message(random, i, size).getBytes(StandardCharsets.US_ASCII);
        }
        return messages;
    }

    /** Entries as long as there is room, and then a note that fills it. */
    private static String message(Random random, int number, int size) {
        StringBuilder json =
                new StringBuilder("{\"type\":\"update\",\"sequence\":" + (100_000 + number) + ",\"book\":[");
        String separator = "";
        for (String entry = entry(random); json.length() + entry.length() + 20 < size; entry = entry(random)) {
            json.append(separator).append(entry);
            separator = ",";
        }
        json.append("],\"note\":\"");
        while (json.length() < size - 2) {
            json.append((char) ('a' + random.nextInt(26)));
        }
        return json.append("\"}").toString();
    }

    private static String entry(Random random) {
        return String.format(
                Locale.ROOT,
                "{\"symbol\":\"%s\",\"side\":\"%s\",\"price\":%.2f,\"amount\":%d,\"time\":17637%08d}",
                SYMBOLS[random.nextInt(SYMBOLS.length)],
                SIDES[random.nextInt(SIDES.length)],
                50 + random.nextDouble() * 50,
                random.nextInt(1000) * 10,
                random.nextInt(100_000_000));
    }
}

package io.jackfield.bench.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was compressed beforehand inflates at a server, however often it is sent again. */
class DeflateTrafficTest {

    private static final int SIZE = 1024;
    private static final int HEAD = 8; // two bytes, a length of two, a mask of four
    private static final byte[] FLUSH_MARK = {0, 0, (byte) 0xff, (byte) 0xff};

    @ParameterizedTest
    @CsvSource({"true, permessage-deflate", "false, permessage-deflate; client_no_context_takeover"})
    void messagesInflateRoundAfterRound(boolean takeover, String answer) throws IOException, DataFormatException {
        Frames frames = begin(takeover, answer).frames();
        Inflater inflater = new Inflater(true);
        int message = 0;
        for (int i = 0; i < 5 * frames.count(); i++) {
            if (!takeover) {
                inflater.reset();
            }
            assertArrayEquals(payload(frames, message), inflate(inflater, frames, message), "message " + i);
            message = frames.after(message);
        }
        inflater.end();
    }

    @Test
    void aServerThatDoesNotCompressIsNoticed() {
        assertThrows(
                IOException.class, () -> new DeflateTraffic(SIZE, true).begin("HTTP/1.1 101 Switching Protocols\r\n"));
    }

    @Test
    void jsonCompressesAsJsonDoes() throws IOException {
        Frames frames = begin(true, "permessage-deflate").frames();
        int compressed = frames.end(frames.count() - 1) / frames.count();
        assertTrue(compressed > SIZE / 8 && compressed < SIZE / 2, compressed + " bytes for each message");
    }

    private static Traffic.Conversation begin(boolean takeover, String answer) throws IOException {
        return new DeflateTraffic(SIZE, takeover)
                .begin("HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Extensions: " + answer + "\r\n");
    }

    private static byte[] payload(Frames frames, int message) {
        byte[] payload = new byte[frames.payloadEnd(message) - frames.payloadStart(message)];
        frames.payloads().clear().get(frames.payloadStart(message), payload);
        return payload;
    }

    private static byte[] inflate(Inflater inflater, Frames frames, int message) throws DataFormatException {
        ByteBuffer bytes = frames.bytes().clear();
        int start = frames.start(message);
        byte[] masked = new byte[frames.end(message) - start - HEAD];
        bytes.get(start + HEAD, masked);
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= bytes.get(start + HEAD - 4 + (i & 3));
        }
        byte[] inflated = new byte[SIZE + 1]; // room to spare, so that the mark is read too
        inflater.setInput(masked);
        int length = inflater.inflate(inflated);
        inflater.setInput(FLUSH_MARK);
        for (int more = 1; more > 0; length += more) {
            more = inflater.inflate(inflated, length, inflated.length - length);
        }
        return Arrays.copyOf(inflated, length);
    }
}

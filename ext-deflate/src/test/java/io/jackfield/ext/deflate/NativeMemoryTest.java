package io.jackfield.ext.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What docs/limits.md says that zlib's states take, outside of the heap where nothing else counts them. */
class NativeMemoryTest {

    private static final int KIB = 1024;
    private static final int CODECS = 500;

    /** What else a process may take meanwhile, for each of the codecs. */
    private static final int NOISE = 30 * KIB;

    private static final Path STATUS = Path.of("/proc/self/status");

    /** Of the process, without what the heap has: a collection does not give that back at once. */
    private static long resident() throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                .sum();
    }

    @Test
    @DisplayName(
            "R-90: a deflater takes at most 270 KiB, an inflater 45 KiB, and both give them back when they are ended")
    void statesAreAsLargeAsTheDocumentsSay() throws Exception {
        assumeTrue(Files.exists(STATUS), "only Linux tells");
        byte[] message = TestData.Kind.JSON.message(100_000, new Random(1));
        byte[] room = new byte[2 * message.length];
        Deflater once = new Deflater(6, true);
        once.setInput(message);
        byte[] payload = Arrays.copyOf(room, once.deflate(room, 0, room.length, Deflater.SYNC_FLUSH));
        once.end();

        List<Deflater> deflaters = new ArrayList<>();
        List<Inflater> inflaters = new ArrayList<>();
        long before = resident();
        for (int i = 0; i < CODECS; i++) {
            deflaters.add(use(new Deflater(6, true), message, room));
        }
        long deflating = resident();
        for (int i = 0; i < CODECS; i++) {
            inflaters.add(use(new Inflater(true), payload, room));
        }
        long inflating = resident();
        deflaters.forEach(Deflater::end);
        inflaters.forEach(Inflater::end);
        requireNear(270 * KIB, (deflating - before) / CODECS);
        requireNear(45 * KIB, (inflating - deflating) / CODECS);
    }

    private static Deflater use(Deflater deflater, byte[] message, byte[] room) {
        deflater.setInput(message);
        assertTrue(deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH) > 0);
        return deflater;
    }

    private static Inflater use(Inflater inflater, byte[] payload, byte[] room) throws Exception {
        inflater.setInput(payload);
        assertTrue(inflater.inflate(room) > 0);
        return inflater;
    }

    private static void requireNear(long expected, long each) {
        assertTrue(each <= expected + NOISE, () -> each + " bytes each, not " + expected);
        assertTrue(each >= expected / 2, () -> "only " + each + " bytes each: nothing was measured");
    }

    @Test
    @DisplayName("R-90: four of each for a processor are kept, and of the room for their output 64 KiB")
    void soManyAreKept() {
        Codecs codecs = new Codecs(DeflateOptions.DEFAULTS);
        int most = 4 * Runtime.getRuntime().availableProcessors();
        List<PooledDeflater> deflaters = new ArrayList<>();
        List<PooledInflater> inflaters = new ArrayList<>();
        for (int i = 0; i < most + 3; i++) {
            deflaters.add(codecs.deflaters().borrowAny());
            inflaters.add(codecs.inflaters().borrowAny());
        }
        for (PooledDeflater deflater : deflaters) {
            deflater.output.begin(1 << 20);
            while (deflater.output.bytes().length < 1 << 20) {
                deflater.output.grow();
            }
            codecs.deflaters().giveBack(deflater);
            assertEquals(64 * KIB, deflater.output.memory());
        }
        inflaters.forEach(codecs.inflaters()::giveBack);
        assertEquals(most, codecs.deflaters().size());
        assertEquals(most, codecs.inflaters().size());
        codecs.close();
    }
}

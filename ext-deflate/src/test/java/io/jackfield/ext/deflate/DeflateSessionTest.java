package io.jackfield.ext.deflate;

import static io.jackfield.ext.deflate.TestData.LIMIT_OF_16_MIB;
import static io.jackfield.ext.deflate.TestData.buffer;
import static io.jackfield.ext.deflate.TestData.bytes;
import static io.jackfield.ext.deflate.TestData.compressed;
import static io.jackfield.ext.deflate.TestData.hex;
import static io.jackfield.ext.deflate.TestData.parameters;
import static io.jackfield.ext.deflate.TestData.plain;
import static io.jackfield.ext.deflate.TestData.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionOffer;
import io.jackfield.api.extension.SharedMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateSessionTest {

    private static final int[] SIZES = {16, 64, 256, 1024, 4096, 8192, 16_384, 32_768, 65_536, 131_072};

    private final PermessageDeflate extension =
            PermessageDeflate.builder().threshold(0).build();

    private DeflateSession session(String offer) {
        return (DeflateSession) extension
                .accept(List.of(parameters(offer)), LIMIT_OF_16_MIB)
                .orElseThrow()
                .session();
    }

    @AfterEach
    void endCodecs() {
        extension.close();
    }

    @Test
    @DisplayName("S-216, S-217, S-219 rsv1 tells compressed messages; text and binary are alike")
    void rsv1TellsCompressedMessages() throws ExtensionException {
        DeflateSession session = session("");
        for (ExtensionMessage.Type type : ExtensionMessage.Type.values()) {
            ExtensionMessage out =
                    session.outgoing(new ExtensionMessage(type, false, true, false, text("Hello, Hello, Hello")));
            assertTrue(out.rsv1());
            assertTrue(out.rsv2());
            assertEquals(type, out.type());
            ExtensionMessage in =
                    session.incoming(new ExtensionMessage(type, true, true, false, buffer("f248cdc9c90700")));
            assertFalse(in.rsv1());
            assertTrue(in.rsv2());
            assertEquals(type, in.type());
            assertEquals("Hello", text(in.payload()));
        }
        ExtensionMessage first = session.outgoing(plain(text("")));
        ExtensionMessage second = session.outgoing(plain(text("")));
        assertEquals("00", hex(first.payload()));
        assertEquals("00", hex(second.payload()));
        assertTrue(first.rsv1() && second.rsv1());
    }

    @Test
    @DisplayName(
            "S-217 a message for many is compressed once for each window, whatever went before and with or without context")
    void sharedMessagesAreCompressedOnce() throws ExtensionException {
        SharedMessage message = SharedMessage.of(plain(text("Hello, Hello, Hello")));
        DeflateSession fresh = session("");
        DeflateSession used = session("");
        used.outgoing(plain(text("Hello, Hello")));
        DeflateSession separate = session("server_no_context_takeover");
        SharedMessage form = fresh.outgoingShared(message);
        assertTrue(form.rsv1());
        assertSame(form, used.outgoingShared(message));
        assertSame(form, separate.outgoingShared(message));
        assertNotSame(form, session("server_max_window_bits=9").outgoingShared(message));
        // It is in the history of those that have one: what follows refers to it.
        ExtensionMessage again = fresh.outgoing(plain(text("Hello, Hello, Hello")));
        assertTrue(again.payload().remaining() < form.length());
        assertEquals(
                hex(form.payload()),
                hex(separate.outgoing(plain(text("Hello, Hello, Hello"))).payload()));
        SharedMessage empty = SharedMessage.of(plain(text("")));
        assertEquals("00", hex(fresh.outgoingShared(empty).payload()));
    }

    @Test
    @DisplayName("S-216 a message for many stays as it is, and out of the history, where compression would not help")
    void sharedMessagesThatStayPlain() throws ExtensionException {
        try (PermessageDeflate choosy =
                PermessageDeflate.builder().threshold(20).build()) {
            DeflateSession session = (DeflateSession) choosy.accept(List.of(parameters("")), LIMIT_OF_16_MIB)
                    .orElseThrow()
                    .session();
            SharedMessage small = SharedMessage.of(plain(text("Hello, Hello, Hello")));
            assertSame(small, session.outgoingShared(small));
            byte[] noise = new byte[1000];
            new Random(7).nextBytes(noise);
            SharedMessage incompressible = SharedMessage.of(plain(ByteBuffer.wrap(noise)));
            assertSame(incompressible, session.outgoingShared(incompressible));
            assertEquals(0, session.memory());
            session.close();
        }
    }

    @Test
    @DisplayName("S-216, R-83 plain messages pass untouched between compressed ones, and stay out of the window")
    void plainAndCompressedMessagesAlternate() throws ExtensionException {
        DeflateSession session = session("");
        ExtensionMessage plain = plain(text("plain"));
        for (int i = 0; i < 3; i++) {
            assertSame(plain, session.incoming(plain));
            String hello = i == 0 ? "f248cdc9c90700" : "f200110000";
            assertEquals(
                    "Hello", text(session.incoming(compressed(buffer(hello))).payload()));
        }
    }

    @Test
    @DisplayName("S-217, S-225 by default messages of less than 16 bytes go out plain")
    void byDefaultShortMessagesGoOutPlain() {
        try (PermessageDeflate byDefault = new PermessageDeflate()) {
            DeflateSession session = (DeflateSession) byDefault
                    .accept(List.of(parameters("")), LIMIT_OF_16_MIB)
                    .orElseThrow()
                    .session();
            ExtensionMessage fifteen = plain(text("fifteen bytes.."));
            assertSame(fifteen, session.outgoing(fifteen));
            assertTrue(session.outgoing(plain(text("sixteen bytes..."))).rsv1());
            assertTrue(session.outgoing(plain(text(""))).rsv1());
        }
    }

    @Test
    @DisplayName("R-88, R-87 the limit of the context holds; errors carry the close code")
    void contextLimitHolds() {
        DeflateSession session = (DeflateSession)
                extension.accept(List.of(parameters("")), () -> 4).orElseThrow().session();
        ExtensionMessage hello = compressed(buffer("f248cdc9c90700"));
        assertEquals(
                1009,
                assertThrows(ExtensionException.class, () -> session.incoming(hello))
                        .closeCode());
        ExtensionMessage bad = compressed(buffer("ff"));
        assertEquals(
                1007,
                assertThrows(ExtensionException.class, () -> session.incoming(bad))
                        .closeCode());
    }

    @Test
    @DisplayName("S-213, R-90 an idle connection holds its history, no codec; one that never spoke holds nothing")
    void idleConnectionsHoldHistoryAlone() throws ExtensionException {
        Codecs codecs = extension.codecs();
        DeflateSession session = session("server_max_window_bits=10; client_max_window_bits=9");
        DeflateSession silent = session("");
        assertEquals(0, session.memory());
        assertEquals(0, codecs.sessions());
        assertEquals(0, codecs.deflaters().size() + codecs.inflaters().size());

        session.outgoing(plain(text("x".repeat(100))));
        session.incoming(compressed(buffer("f248cdc9c90700")));
        assertEquals(128 + 128, session.memory());
        session.outgoing(plain(ByteBuffer.allocate(100_000)));
        for (int i = 0; i < 1000; i++) {
            session.incoming(compressed(buffer("f248cdc9c90700")));
        }
        assertEquals(1024 + 512, session.memory());
        assertEquals(0, codecs.deflaters().lent() + codecs.inflaters().lent());
        assertEquals(1, codecs.deflaters().size());
        assertEquals(1, codecs.inflaters().size());
        assertEquals(0, silent.memory());
    }

    @Test
    @DisplayName("R-90 without context takeover an idle connection holds nothing")
    void withoutContextTakeoverNothingIsHeld() throws ExtensionException {
        DeflateSession session = session("server_no_context_takeover; client_no_context_takeover");
        session.outgoing(plain(ByteBuffer.allocate(100_000)));
        session.incoming(compressed(buffer("f248cdc9c90700")));
        assertEquals(0, session.memory());
    }

    @Test
    @DisplayName("S-223, R-90, A-31 the last connection that is closed frees all codecs; close is idempotent")
    void theLastConnectionFreesTheCodecs() throws ExtensionException {
        Codecs codecs = extension.codecs();
        DeflateSession first = session("");
        DeflateSession second = session("");
        first.outgoing(plain(text("Hello")));
        second.incoming(compressed(buffer("f248cdc9c90700")));
        assertEquals(2, codecs.sessions());
        first.close();
        first.close();
        assertEquals(0, first.memory());
        assertEquals(1, codecs.sessions());
        assertEquals(1, codecs.deflaters().size());
        assertEquals(1, codecs.inflaters().size());
        second.close();
        assertEquals(0, codecs.sessions());
        assertEquals(0, codecs.deflaters().size() + codecs.inflaters().size());
        session("").close();
        assertEquals(0, codecs.sessions());
    }

    @Test
    @DisplayName(
            "R-90, A-31 closing forgets what was sent and received, and zlib's memory is given back, not left to the collector")
    void nothingIsLeftToTheCollector() throws Exception {
        DeflateSession session = session("");
        session.outgoing(plain(text("Hello")));
        session.incoming(compressed(buffer("f248cdc9c90700")));
        assertTrue(session.memory() > 0);
        PooledDeflater deflater = extension.codecs().deflaters().borrowAny();
        PooledInflater inflater = extension.codecs().inflaters().borrowAny();
        extension.codecs().deflaters().giveBack(deflater);
        extension.codecs().inflaters().giveBack(inflater);
        session.close();
        assertEquals(0, session.memory());
        assertEnded("Deflater", () -> deflater.deflate(text("Hello")));
        assertEnded("Inflater", () -> inflater.inflate(buffer("f248cdc9c90700")));
    }

    /** As java.util.zip says it: by a NullPointerException, and from JDK 25 on by an IllegalStateException. */
    private static void assertEnded(String codec, Executable use) {
        RuntimeException ended = assertThrows(RuntimeException.class, use);
        assertEquals(codec + " has been closed", ended.getMessage());
    }

    @Test
    void connectionsGoOnAfterTheExtensionIsClosed() throws ExtensionException {
        DeflateSession session = session("");
        ReferenceInflater peer = new ReferenceInflater(15, true);
        for (int i = 0; i < 4; i++) {
            if (i == 2) {
                extension.close();
            }
            String message = "message " + i + ", and again message " + i;
            assertEquals(
                    message,
                    new String(
                            peer.message(session.outgoing(plain(text(message))).payload()), UTF_8));
            session.incoming(compressed(buffer("f248cdc9c90700")));
        }
        assertEquals(
                0,
                extension.codecs().deflaters().size()
                        + extension.codecs().inflaters().size());
    }

    @ParameterizedTest
    @DisplayName("S-207 to S-213, R-77 to R-81: each combination of the four parameters, both ways")
    @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
    void allParametersRoundTrip(int serverBits) throws ExtensionException {
        Random random = new Random(serverBits);
        for (int clientBits = 8; clientBits <= 15; clientBits++) {
            for (int takeover = 0; takeover < 4; takeover++) {
                PermessageDeflate client = PermessageDeflate.builder()
                        .threshold(0)
                        .maxWindowBits(clientBits)
                        .requestMaxWindowBits(serverBits)
                        .noContextTakeover((takeover & 1) == 0)
                        .requestNoContextTakeover((takeover & 2) == 0)
                        .build();
                ExtensionOffer offer = client.offer().orElseThrow();
                AcceptedExtension accepted =
                        extension.accept(offer.offers(), LIMIT_OF_16_MIB).orElseThrow();
                DeflateSession server = (DeflateSession) accepted.session();
                DeflateSession activated = (DeflateSession) offer.activate(accepted.response(), LIMIT_OF_16_MIB);
                ReferenceInflater atServer = new ReferenceInflater(clientBits, (takeover & 1) != 0);
                ReferenceInflater atClient = new ReferenceInflater(serverBits, (takeover & 2) != 0);
                for (int length : new int[] {40, 0, 300, 1000, 300, 5000, 40}) {
                    pass(TestData.Kind.JSON.message(length, random), activated, server, atServer);
                    pass(TestData.Kind.JSON.message(length, random), server, activated, atClient);
                }
                activated.close();
                server.close();
                assertEquals(0, client.codecs().sessions());
            }
        }
    }

    @ParameterizedTest
    @DisplayName("S-213, R-80, R-85: 16 bytes to 128 KiB, many messages, all kinds of content, all windows")
    @EnumSource(TestData.Kind.class)
    @Tag("exhaustive")
    void allSizesRoundTrip(TestData.Kind kind) throws ExtensionException {
        Random random = new Random(kind.name().hashCode());
        for (int windowBits = 8; windowBits <= 15; windowBits++) {
            for (boolean contextTakeover : new boolean[] {true, false}) {
                for (int size : SIZES) {
                    DeflateSession session = session(offer(windowBits, contextTakeover));
                    ReferenceInflater peer = new ReferenceInflater(windowBits, contextTakeover);
                    int messages = Math.min(1000, Math.max(3, 100_000 / size));
                    byte[] message = kind.message(size, random);
                    for (int i = 0; i < messages; i++) {
                        message[random.nextInt(size)]++;
                        pass(message, session, session, peer);
                    }
                    session.close();
                }
            }
        }
    }

    private static String offer(int windowBits, boolean contextTakeover) {
        return "server_max_window_bits=" + windowBits + "; client_max_window_bits=" + windowBits
                + (contextTakeover ? "" : "; server_no_context_takeover; client_no_context_takeover");
    }

    /** One end sends, a peer of another make and the other end receive. */
    private static void pass(byte[] message, DeflateSession from, DeflateSession to, ReferenceInflater peer)
            throws ExtensionException {
        ExtensionMessage sent = from.outgoing(plain(ByteBuffer.wrap(message)));
        assertTrue(sent.rsv1());
        assertArrayEquals(message, peer.message(sent.payload()));
        assertArrayEquals(message, bytes(to.incoming(sent).payload()));
    }

    @Test
    @DisplayName("R-90 connections of several threads share the codecs")
    @Tag("exhaustive")
    void threadsShareTheCodecs() throws Exception {
        int threads = 4;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int seed = thread;
                futures.add(executor.submit(() -> {
                    converse(new Random(seed));
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } finally {
            executor.shutdown();
        }
        Codecs codecs = extension.codecs();
        assertEquals(0, codecs.sessions());
        assertEquals(0, codecs.deflaters().size() + codecs.inflaters().size());
    }

    private void converse(Random random) throws ExtensionException {
        DeflateSession[] sessions = new DeflateSession[30];
        ReferenceInflater[] peers = new ReferenceInflater[sessions.length];
        for (int i = 0; i < 2000; i++) {
            int which = random.nextInt(sessions.length);
            if (sessions[which] == null) {
                int windowBits = 8 + random.nextInt(8);
                boolean contextTakeover = random.nextInt(4) != 0;
                sessions[which] = session(offer(windowBits, contextTakeover));
                peers[which] = new ReferenceInflater(windowBits, contextTakeover);
            }
            byte[] message = TestData.Kind.JSON.message(random.nextInt(1500), random);
            pass(message, sessions[which], sessions[which], peers[which]);
            if (random.nextInt(40) == 0) {
                sessions[which].close();
                sessions[which] = null;
            }
        }
        for (DeflateSession session : sessions) {
            if (session != null) {
                session.close();
            }
        }
    }
}

package io.jackfield.ext.deflate;

import static io.jackfield.ext.deflate.TestData.LIMIT_OF_16_MIB;
import static io.jackfield.ext.deflate.TestData.bytes;
import static io.jackfield.ext.deflate.TestData.compressed;
import static io.jackfield.ext.deflate.TestData.parameters;
import static io.jackfield.ext.deflate.TestData.plain;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.jcraft.jzlib.Deflater;
import com.jcraft.jzlib.Inflater;
import com.jcraft.jzlib.JZlib;
import com.jcraft.jzlib.ZStream;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.SharedMessage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntSupplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;

/** A session and a peer that has zlib in Java, which shares no code with the JDK's, whatever was agreed on. */
class DeflatePropertiesTest {

    private static final int TRIES = 400;

    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    /** JZlib's Deflater, as zlib's, has no smaller window for raw streams. */
    private static final int SMALLEST_WINDOW_OF_PEER = 9;

    private final PermessageDeflate extension =
            PermessageDeflate.builder().threshold(0).build();

    @AfterTry
    void nothingIsLent() {
        assertEquals(0, extension.codecs().deflaters().lent());
        assertEquals(0, extension.codecs().inflaters().lent());
        assertEquals(0, extension.codecs().sessions());
        assertEquals(0, extension.codecs().deflaters().size(), "native memory is left");
        assertEquals(0, extension.codecs().inflaters().size(), "native memory is left");
    }

    @Provide
    Arbitrary<byte[]> messages() {
        Arbitrary<Integer> lengths = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 40),
                Arbitraries.integers().between(200, 1100),
                Arbitraries.integers().between(20_000, 40_000));
        return Combinators.combine(Arbitraries.of(TestData.Kind.class), lengths, Arbitraries.longs())
                .as((kind, length, seed) -> kind.message(length, new Random(seed)));
    }

    private DeflateSession session(int serverBits, int clientBits, boolean serverTakeover, boolean clientTakeover) {
        String offer = "server_max_window_bits=" + serverBits + "; client_max_window_bits=" + clientBits
                + (serverTakeover ? "" : "; server_no_context_takeover")
                + (clientTakeover ? "" : "; client_no_context_takeover");
        return (DeflateSession) extension
                .accept(List.of(parameters(offer)), LIMIT_OF_16_MIB)
                .orElseThrow()
                .session();
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    @Label("S-217, R-78, R-80, R-85: what a session compresses another zlib with the agreed window understands")
    void thePeerUnderstands(
            @ForAll @IntRange(min = 8, max = 15) int windowBits,
            @ForAll boolean takeover,
            @ForAll @Size(min = 1, max = 6) List<@From("messages") byte[]> messages)
            throws Exception {
        DeflateSession session = session(windowBits, 15, takeover, true);
        Inflater peer = new Inflater();
        start(peer.init(windowBits, JZlib.W_NONE));
        for (byte[] message : messages) {
            ExtensionMessage sent = session.outgoing(plain(ByteBuffer.wrap(message)));
            assertTrue(sent.rsv1());
            if (!takeover) {
                start(peer.init(windowBits, JZlib.W_NONE));
            }
            assertArrayEquals(message, inflate(peer, bytes(sent.payload())));
        }
        session.close();
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    @Label(
            "S-217, R-78, R-80, R-85: what is compressed once for several connections, all of them understand among their own")
    void allPeersUnderstandWhatIsShared(
            @ForAll @Size(min = 2, max = 4) List<@IntRange(min = 8, max = 15) Integer> windows,
            @ForAll @Size(min = 4, max = 4) List<Boolean> takeovers,
            @ForAll @Size(min = 2, max = 6) List<@From("messages") byte[]> messages)
            throws Exception {
        int peers = windows.size();
        List<DeflateSession> sessions = new ArrayList<>();
        List<Inflater> inflaters = new ArrayList<>();
        for (int i = 0; i < peers; i++) {
            sessions.add(session(windows.get(i), 15, takeovers.get(i), true));
            inflaters.add(new Inflater());
            start(inflaters.get(i).init(windows.get(i), JZlib.W_NONE));
        }
        Set<SharedMessage> forms = new HashSet<>();
        for (int number = 0; number < messages.size(); number++) {
            byte[] message = messages.get(number);
            SharedMessage shared = SharedMessage.of(plain(ByteBuffer.wrap(message)));
            for (int i = 0; i < peers; i++) {
                // Each has a message of its own in front of another one of the shared messages.
                if (number % peers == i) {
                    ExtensionMessage own = sessions.get(i).outgoing(plain(ByteBuffer.wrap(message)));
                    assertArrayEquals(
                            message, receive(inflaters.get(i), windows.get(i), takeovers.get(i), own.payload()));
                }
                SharedMessage form = sessions.get(i).outgoingShared(shared);
                assertTrue(form.rsv1());
                forms.add(form);
                assertArrayEquals(message, receive(inflaters.get(i), windows.get(i), takeovers.get(i), form.payload()));
            }
        }
        assertEquals(new HashSet<>(windows).size() * messages.size(), forms.size());
        sessions.forEach(DeflateSession::close);
    }

    private static byte[] receive(Inflater peer, int windowBits, boolean takeover, ByteBuffer payload) {
        if (!takeover) {
            start(peer.init(windowBits, JZlib.W_NONE));
        }
        return inflate(peer, bytes(payload));
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    @Label("S-217, R-79, R-81, R-84, R-85: what another zlib compresses with the agreed window a session understands")
    void theSessionUnderstands(
            @ForAll @IntRange(min = SMALLEST_WINDOW_OF_PEER, max = 15) int windowBits,
            @ForAll boolean takeover,
            @ForAll @IntRange(min = 0, max = 9) int level,
            @ForAll @IntRange(min = 1, max = 9) int memory,
            @ForAll boolean isInterrupted,
            @ForAll @Size(min = 1, max = 6) List<@From("messages") byte[]> messages)
            throws Exception {
        DeflateSession session = session(15, windowBits, true, takeover);
        Deflater peer = new Deflater();
        start(peer.init(level, windowBits, memory, JZlib.W_NONE));
        for (byte[] message : messages) {
            byte[] payload = deflate(peer, message, isInterrupted ? message.length / 2 : message.length);
            ExtensionMessage received = session.incoming(compressed(ByteBuffer.wrap(payload)));
            assertArrayEquals(message, bytes(received.payload()));
            if (!takeover) {
                start(peer.init(level, windowBits, memory, JZlib.W_NONE));
            }
        }
        session.close();
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    @Label("S-217, R-77 to R-85, R-90: two sessions understand each other with every pair of parameters")
    void sessionsUnderstandEachOther(
            @ForAll @IntRange(min = 8, max = 15) int serverBits,
            @ForAll @IntRange(min = 8, max = 15) int clientBits,
            @ForAll boolean serverTakeover,
            @ForAll boolean clientTakeover,
            @ForAll @Size(min = 1, max = 5) List<@From("messages") byte[]> messages)
            throws Exception {
        DeflateSession server = session(serverBits, clientBits, serverTakeover, clientTakeover);
        // The other way round it is what the client has.
        DeflateSession client = session(clientBits, serverBits, clientTakeover, serverTakeover);
        for (byte[] message : messages) {
            for (List<DeflateSession> way : List.of(List.of(server, client), List.of(client, server))) {
                ExtensionMessage sent = way.get(0).outgoing(plain(ByteBuffer.wrap(message)));
                assertArrayEquals(message, bytes(way.get(1).incoming(sent).payload()));
            }
        }
        // A window for each direction of each end, none larger than agreed.
        int largest = (serverTakeover ? 2 << serverBits : 0) + (clientTakeover ? 2 << clientBits : 0);
        assertTrue(server.memory() + client.memory() <= largest);
        server.close();
        client.close();
        assertEquals(0, server.memory() + client.memory());
    }

    // -- the peer -----------------------------------------------------------------------------------------------------

    private static void start(int status) {
        assertEquals(JZlib.Z_OK, status);
    }

    private static byte[] inflate(Inflater inflater, byte[] payload) {
        byte[] input = Arrays.copyOf(payload, payload.length + TAIL.length);
        System.arraycopy(TAIL, 0, input, payload.length, TAIL.length);
        inflater.setInput(input);
        return run(inflater, () -> inflater.inflate(JZlib.Z_SYNC_FLUSH));
    }

    /** Compresses a message, in two blocks if it is interrupted, and leaves the last four octets away. */
    private static byte[] deflate(Deflater deflater, byte[] message, int interruption) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        deflater.setInput(Arrays.copyOf(message, interruption));
        payload.writeBytes(run(deflater, () -> deflater.deflate(JZlib.Z_SYNC_FLUSH)));
        if (interruption < message.length) {
            deflater.setInput(Arrays.copyOfRange(message, interruption, message.length));
            payload.writeBytes(run(deflater, () -> deflater.deflate(JZlib.Z_SYNC_FLUSH)));
        }
        if (payload.size() == 0) {
            // RFC 7692 section 7.2.3.6: zlib flushes nothing the second time.
            return new byte[] {0};
        }
        byte[] all = payload.toByteArray();
        assertArrayEquals(TAIL, Arrays.copyOfRange(all, all.length - TAIL.length, all.length));
        return Arrays.copyOf(all, all.length - TAIL.length);
    }

    @SuppressWarnings("deprecation") // JZlib's Deflater and Inflater have no other type in common.
    private static byte[] run(ZStream stream, IntSupplier step) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        byte[] piece = new byte[8192];
        do {
            stream.setOutput(piece);
            int status = step.getAsInt();
            assertTrue(status == JZlib.Z_OK || status == JZlib.Z_BUF_ERROR, () -> status + ": " + stream.getMessage());
            output.write(piece, 0, piece.length - stream.getAvailOut());
        } while (stream.getAvailOut() == 0);
        return output.toByteArray();
    }
}

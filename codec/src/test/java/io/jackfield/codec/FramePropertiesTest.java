package io.jackfield.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ImmediateSession;
import io.jackfield.api.extension.MessageHeader;
import io.jackfield.api.extension.PartTransformer;
import io.jackfield.api.extension.StreamingSession;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds of frames whatever they are, and however they are cut. */
class FramePropertiesTest {

    private static final int TRIES = 1000;

    /** Something that one end sends. */
    record Sent(int kind, String text) {

        String send(Driver driver) {
            byte[] bytes = Bytes.utf8(text);
            switch (kind) {
                case 0 -> driver.sendText(text);
                case 1 -> driver.send(ExtensionMessage.Type.TEXT, ByteBuffer.wrap(bytes));
                case 2 -> driver.send(ExtensionMessage.Type.BINARY, ByteBuffer.wrap(bytes));
                default -> {
                    byte[] few = Arrays.copyOf(bytes, Math.min(bytes.length, ControlFrame.MAX_PAYLOAD));
                    driver.pong(ByteBuffer.wrap(few));
                    return "pong " + Bytes.hex(few);
                }
            }
            return kind == 2 ? "binary " + Bytes.hex(bytes) : "text " + text;
        }
    }

    // -- what there is ------------------------------------------------------------------------------------------------

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> characters = Arbitraries.strings()
                .withChars('a', '\u007f', '\u0080', 'é', '€', '\uffff')
                .ofMaxLength(200);
        Arbitrary<String> pairs =
                Arbitraries.of("😀", "\uD83D\uDE00x", "").list().ofMaxSize(40).map(p -> String.join("", p));
        return Arbitraries.oneOf(characters, pairs);
    }

    @Provide
    Arbitrary<Sent> sent() {
        return Combinators.combine(Arbitraries.integers().between(0, 3), texts())
                .as(Sent::new);
    }

    /** Frames, most of them good. */
    @Provide
    Arbitrary<byte[]> frames() {
        Arbitrary<Integer> opcodes = Arbitraries.frequency(
                Tuple.of(4, 0),
                Tuple.of(4, 1),
                Tuple.of(3, 2),
                Tuple.of(1, 3),
                Tuple.of(1, 8),
                Tuple.of(2, 9),
                Tuple.of(2, 10));
        Arbitrary<Boolean> rarely = Arbitraries.integers().between(0, 15).map(i -> i == 15);
        Arbitrary<byte[]> payloads = Arbitraries.oneOf(
                texts().map(Bytes::utf8),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(130),
                Arbitraries.of("03e8", "03e8c3a4", "0bb8", "03ed", "ff", "").map(Bytes::hex));
        return Combinators.combine(
                        opcodes,
                        Arbitraries.of(true, true, false),
                        rarely,
                        rarely,
                        Arbitraries.integers(),
                        Arbitraries.of(-1, -1, 2, 8),
                        payloads)
                .as((opcode, fin, rsv1, unmasked, key, lengthBytes, payload) -> {
                    TestFrame frame = TestFrame.frame(opcode)
                            .payload(payload)
                            .key(key)
                            .lengthBytes(lengthBytes == 2 && payload.length > 0xffff ? 8 : lengthBytes);
                    frame = fin ? frame : frame.notFinal();
                    frame = rsv1 ? frame.rsv1() : frame;
                    return (unmasked ? frame.unmasked() : frame).bytes();
                });
    }

    // -- what holds ---------------------------------------------------------------------------------------------------

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    @Label("S-149 S-194 R-51 R-59 A-12: every split of every stream gives the same events and answers")
    void everySplitGivesTheSameEvents(
            @ForAll @Size(max = 8) List<@From("frames") byte[]> stream,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 90) Integer> lengths,
            @ForAll boolean withExtension,
            @ForAll boolean isClosing) {
        byte[] bytes = Bytes.concat(stream.toArray(byte[][]::new));
        DriverProbe whole = probe(withExtension, isClosing);
        whole.receive(bytes);
        DriverProbe cut = probe(withExtension, isClosing);
        deliver(bytes, lengths, cut.driver);
        assertEquals(List.copyOf(whole.listener.events), List.copyOf(cut.listener.events));
        assertArrayEquals(whole.output.take(), cut.output.take());
        assertEquals(whole.driver.state(), cut.driver.state());
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    @Label("S-85 S-149: parts put together are the messages, however they are cut, held and transformed")
    void partsPutTogetherAreTheMessages(
            @ForAll @Size(max = 8) List<@From("frames") byte[]> stream,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 90) Integer> lengths,
            @ForAll boolean withExtension,
            @ForAll boolean isHeld) {
        byte[] bytes = Bytes.concat(stream.toArray(byte[][]::new));
        // With an extension text is looked at behind it, part by part: so what is not cut is compared there.
        DriverProbe whole = withExtension ? partsProbe(true, new GatheringListener()) : DriverProbe.server();
        whole.receive(bytes);
        GatheringListener gathering = new GatheringListener();
        DriverProbe parts = partsProbe(withExtension, gathering);
        gathering.holds = isHeld ? parts.driver : null;
        deliverHeld(bytes, lengths, parts.driver);
        assertEquals(List.copyOf(whole.listener.events), List.copyOf(parts.listener.events));
        assertArrayEquals(whole.output.take(), parts.output.take());
        assertEquals(whole.driver.state(), parts.driver.state());
    }

    private static DriverProbe partsProbe(boolean withExtension, RecordingListener listener) {
        List<ActiveExtension> extensions =
                withExtension ? List.of(TestExtensions.rsv1("x", new CopyingSession())) : List.of();
        DriverProbe probe = new DriverProbe(DriverProbe.SERVER, extensions, listener);
        probe.driver.receiveInParts(true);
        return probe;
    }

    /** Puts parts together, and has the input held behind each. */
    private static final class GatheringListener extends RecordingListener {

        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private Driver holds;

        @Override
        public void onPart(ExtensionMessage.Type type, ByteBuffer payload, boolean isLast) {
            message.writeBytes(Bytes.copy(payload));
            if (isLast) {
                byte[] all = message.toByteArray();
                message.reset();
                if (type == ExtensionMessage.Type.TEXT) {
                    onText(new String(all, StandardCharsets.UTF_8));
                } else {
                    onBinary(ByteBuffer.wrap(all));
                }
            }
            if (holds != null) {
                holds.hold(true);
            }
        }
    }

    /** Takes one byte at a time, and puts it when the next one comes. */
    private static final class CopyingSession implements StreamingSession {

        @Override
        public PartTransformer incomingParts(MessageHeader header) {
            return new PartTransformer() {

                private int kept = -1;

                @Override
                public MessageHeader header() {
                    return new MessageHeader(header.type(), false, false, false);
                }

                @Override
                public boolean transform(ByteBuffer piece, boolean isLast, ByteBuffer room) {
                    if (kept >= 0) {
                        room.put((byte) kept);
                        kept = -1;
                    }
                    if (piece.hasRemaining()) {
                        kept = piece.get() & 0xff;
                    }
                    return !piece.hasRemaining() && (kept < 0 || !isLast);
                }
            };
        }

        @Override
        public PartTransformer outgoingParts(MessageHeader header) {
            return PartTransformer.unchanged(header);
        }
    }

    /** The same as {@link #deliver}, of a driver that its listener holds: each time it gets the rest. */
    private static void deliverHeld(byte[] bytes, List<Integer> lengths, Driver driver) {
        int at = 0;
        for (int i = 0; at < bytes.length; i++) {
            int length = Math.min(lengths.get(i % lengths.size()), bytes.length - at);
            ByteBuffer piece =
                    ByteBuffer.allocateDirect(length).put(bytes, at, length).flip();
            do {
                driver.hold(false);
                driver.receive(piece);
            } while (piece.hasRemaining() || driver.isHeld());
            at += length;
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    @Label("R-46 R-50 R-51 R-57 R-62: decoding is what encoding was, for either role")
    void decodingUndoesEncoding(
            @ForAll @Size(max = 12) List<@From("sent") Sent> messages,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 900) Integer> lengths,
            @ForAll boolean fromClient,
            @ForAll int key) {
        DriverConfig keyed = new DriverConfig(Role.CLIENT, 1 << 20, 1000, true, () -> key);
        DriverProbe client = new DriverProbe(keyed, List.of(), new RecordingListener());
        DriverProbe server = DriverProbe.server();
        DriverProbe sender = fromClient ? client : server;
        DriverProbe receiver = fromClient ? server : client;
        List<String> expected = new ArrayList<>();
        messages.forEach(message -> expected.add(message.send(sender.driver)));
        deliver(sender.output.take(), lengths, receiver.driver);
        receiver.expect(expected.toArray(String[]::new)).end();
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    @Label("R-51: masking is what RFC 6455 section 5.3 says, byte by byte, from any place on")
    void maskingIsWhatTheRfcSays(
            @ForAll @Size(max = 70) byte[] payload,
            @ForAll int key,
            @ForAll @IntRange(max = 9) int before,
            @ForAll @IntRange(max = 1000) int offset,
            @ForAll boolean direct) {
        byte[] expected = payload.clone();
        for (int i = 0; i < expected.length; i++) {
            expected[i] ^= (byte) (key >> (24 - 8 * ((offset + i) & 3)));
        }
        int end = before + payload.length;
        ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(end + 9) : ByteBuffer.allocate(end + 9);
        buffer.put(before, payload);

        byte[] target = new byte[end + 5];
        Masking.copy(buffer, before, payload.length, key, offset, target, before);
        assertArrayEquals(expected, Arrays.copyOfRange(target, before, end));
        assertArrayEquals(new byte[5], Arrays.copyOfRange(target, end, end + 5));

        Masking.apply(buffer, before, end, key, offset);
        assertArrayEquals(expected, Bytes.copy(buffer.slice(before, payload.length)));
        assertArrayEquals(new byte[9], Bytes.copy(buffer.slice(end, 9)));
        Masking.apply(buffer, before, end, key, offset);
        assertArrayEquals(payload, Bytes.copy(buffer.slice(before, payload.length)));
    }

    private static DriverProbe probe(boolean withExtension, boolean isClosing) {
        DriverProbe probe = withExtension
                ? DriverProbe.server(TestExtensions.rsv1("x", new ImmediateSession() {}))
                : DriverProbe.server();
        if (isClosing) {
            probe.driver.close(1000, "");
        }
        return probe;
    }

    /** Hands over bytes in pieces of these lengths, again and again. */
    private static void deliver(byte[] bytes, List<Integer> lengths, Driver driver) {
        int at = 0;
        for (int i = 0; at < bytes.length; i++) {
            int length = Math.min(lengths.get(i % lengths.size()), bytes.length - at);
            ByteBuffer piece =
                    ByteBuffer.allocateDirect(length).put(bytes, at, length).flip();
            driver.receive(piece);
            assertFalse(piece.hasRemaining());
            at += length;
        }
    }
}

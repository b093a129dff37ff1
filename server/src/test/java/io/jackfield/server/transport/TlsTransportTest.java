package io.jackfield.server.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.server.TestTls;
import io.jackfield.server.loop.LoopBuffers;
import io.jackfield.server.loop.LoopGroup;
import io.jackfield.server.statistics.Journal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTransportTest {

    private static final String TLS_1_2 = "TLSv1.2";
    private static final String TLS_1_3 = "TLSv1.3";

    private LoopGroup loops;
    private SSLContext serverContext;
    private SSLContext clientContext;
    private TlsPair pair;

    @BeforeEach
    void makeContexts() throws Exception {
        loops = LoopGroup.start(1, "tls-test", new Journal());
        serverContext = TestTls.serverContext();
        clientContext = TestTls.clientContext();
    }

    @AfterEach
    void close() {
        pair.close();
        loops.stop();
    }

    private TlsPair open(String protocol) throws IOException {
        pair = new TlsPair(
                serverContext, clientContext, protocol, loops.all().get(0).buffers());
        return pair;
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void handshakeAndRecordsMayArriveByteByByte(String protocol) throws IOException {
        open(protocol).clientPortion = 1;
        pair.handshake();
        assertEquals(protocol, pair.client.getSession().getProtocol());
        byte[] message = randomBytes(500);
        pair.clientSends.add(ByteBuffer.wrap(message));
        pair.serverSends.add(ByteBuffer.wrap(message));
        pair.until("messages", () -> pair.serverReceived.size() == 500 && pair.clientReceived.size() == 500);
        assertArrayEquals(message, pair.serverReceived.toByteArray());
        assertArrayEquals(message, pair.clientReceived.toByteArray());
        assertTrue(pair.transport.isSecure());
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void largeMessagesPassBothWaysAtOnce(String protocol) throws IOException {
        open(protocol).handshake();
        byte[] up = randomBytes(2 << 20);
        byte[] down = randomBytes((2 << 20) + 1);
        pair.clientSends.add(ByteBuffer.wrap(up));
        pair.serverSends.add(ByteBuffer.wrap(down));
        pair.until(
                "messages", () -> pair.serverReceived.size() == up.length && pair.clientReceived.size() == down.length);
        assertArrayEquals(up, pair.serverReceived.toByteArray());
        assertArrayEquals(down, pair.clientReceived.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void manySmallMessagesPassBothWays(String protocol) throws IOException {
        open(protocol).handshake();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (int i = 0; i < 2_000; i++) {
            byte[] message = text("message " + i + ";");
            sent.writeBytes(message);
            pair.clientSends.add(ByteBuffer.wrap(message));
            pair.serverSends.add(ByteBuffer.wrap(message));
        }
        pair.until(
                "messages",
                () -> pair.serverReceived.size() == sent.size() && pair.clientReceived.size() == sent.size());
        assertArrayEquals(sent.toByteArray(), pair.serverReceived.toByteArray());
        assertArrayEquals(sent.toByteArray(), pair.clientReceived.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void aTargetWithRoomForOneRecordLosesNothing(String protocol) throws IOException {
        open(protocol).handshake();
        pair.target = ByteBuffer.allocate(17_000);
        byte[] message = randomBytes(600_000);
        pair.clientSends.add(ByteBuffer.wrap(message));
        pair.until("message", () -> pair.serverReceived.size() == message.length);
        assertArrayEquals(message, pair.serverReceived.toByteArray());
    }

    @Test
    void whatWasReadFromTheSocketButHadNoRoomIsBuffered() throws IOException {
        open(TLS_1_3).handshake();
        pair.clientSends.add(ByteBuffer.wrap(randomBytes(30_000)));
        // Both records are in the socket before the server looks.
        pair.clientStep();
        ByteBuffer target = ByteBuffer.allocate(20_000);
        int first = untilRead(target);
        assertTrue(first > 0 && first < 30_000);
        assertTrue(pair.transport.hasBufferedInput());
        int second = pair.transport.read(ByteBuffer.allocate(20_000));
        assertEquals(30_000, first + second);
        assertFalse(pair.transport.hasBufferedInput());
    }

    private int untilRead(ByteBuffer target) throws IOException {
        int length = 0;
        while (length == 0) {
            length = pair.transport.read(target);
        }
        return length;
    }

    @Test
    void aGatheringWriteMakesOneRecordOfHeaderAndPayload() throws IOException {
        open(TLS_1_3).handshake();
        ByteBuffer[] frame = {null, ByteBuffer.wrap(text("head")), ByteBuffer.wrap(text("payload")), null};
        pair.transport.write(frame, 1, 2);
        assertFalse(frame[1].hasRemaining() || frame[2].hasRemaining());
        ByteBuffer wire = ByteBuffer.allocate(1000);
        pair.sockets.peer.configureBlocking(true);
        pair.sockets.peer.read(wire);
        // RFC 8446 section 5.1: type application_data, then two bytes of version and two of length.
        assertEquals(23, wire.get(0));
        assertEquals(wire.position(), 5 + wire.getShort(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void aGatheringWriteKeepsTheOrderWhenTheSocketIsFull(String protocol) throws IOException {
        open(protocol).handshake();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        pair.clientReads = false;
        for (int i = 0; i < 60; i++) {
            ByteBuffer[] frame = {ByteBuffer.wrap(text("head " + i)), ByteBuffer.wrap(randomBytes(50_000 + i))};
            sent.writeBytes(frame[0].array());
            sent.writeBytes(frame[1].array());
            pair.transport.write(frame, 0, 2);
            assertTrue(frame[0].remaining() == 0 || frame[1].position() == 0, "payload in front of its header");
            pair.serverSends.add(frame[0]);
            pair.serverSends.add(frame[1]);
            if (frame[1].hasRemaining()) {
                pair.clientReads = true;
                pair.until("frame", () -> pair.serverSends.isEmpty());
                pair.clientReads = false;
            }
            pair.serverSends.clear();
        }
        pair.clientReads = true;
        pair.until("frames", () -> pair.clientReceived.size() == sent.size());
        assertArrayEquals(sent.toByteArray(), pair.clientReceived.toByteArray());
    }

    @Test
    void aSocketThatTakesNothingLeavesTheRestToTheCaller() throws IOException {
        open(TLS_1_3).handshake();
        pair.clientReads = false;
        ByteBuffer message = ByteBuffer.wrap(randomBytes(2 << 20));
        pair.transport.write(message);
        assertTrue(message.hasRemaining());
        assertFalse(pair.transport.flush());
        int taken = message.position();
        pair.transport.write(message);
        assertEquals(taken, message.position(), "more is encrypted than the socket takes");
        pair.clientReads = true;
        pair.serverSends.add(message);
        pair.until("message", () -> pair.clientReceived.size() == message.capacity());
        assertArrayEquals(message.array(), pair.clientReceived.toByteArray());
    }

    @Test
    @DisplayName("RFC 8446 section 4.6.3: a key update is answered, also when the socket is full")
    void aKeyUpdateIsAnsweredInOrder() throws IOException {
        open(TLS_1_3).handshake();
        pair.clientReads = false;
        ByteBuffer down = ByteBuffer.wrap(randomBytes(2 << 20));
        pair.serverSends.add(down);
        pair.serverStep();
        assertFalse(pair.transport.flush());
        pair.client.beginHandshake();
        byte[] up = randomBytes(100_000);
        pair.clientSends.add(ByteBuffer.wrap(up));
        pair.until("message up", () -> pair.serverReceived.size() == up.length);
        pair.clientReads = true;
        pair.until("message down", () -> pair.clientReceived.size() == down.capacity());
        assertArrayEquals(up, pair.serverReceived.toByteArray());
        assertArrayEquals(down.array(), pair.clientReceived.toByteArray());
    }

    @Test
    @DisplayName("R-92: updates of keys whose answers are not read do not pile up")
    void answersThatAreNotReadDoNotPileUp() throws IOException {
        open(TLS_1_3).handshake();
        pair.clientReads = false;
        pair.serverSends.add(ByteBuffer.wrap(randomBytes(2 << 20)));
        pair.serverStep();
        assertFalse(pair.transport.flush());
        SSLException refused = assertThrows(SSLException.class, () -> {
            for (int i = 0; i < 100_000; i++) {
                pair.client.beginHandshake();
                pair.clientStep();
                pair.serverReads();
            }
        });
        assertTrue(refused.getMessage().contains("does not read"), refused.getMessage());
        pair.transport.close();
    }

    @Test
    @DisplayName("R-94: a client that wants to renegotiate before TLS 1.3 is refused")
    void renegotiationIsRefused() throws IOException {
        open(TLS_1_2).handshake();
        pair.client.beginHandshake();
        pair.clientStep();
        SSLException refused = assertThrows(SSLException.class, () -> untilRead(ByteBuffer.allocate(20_000)));
        assertTrue(refused.getMessage().contains("renegotiate"), refused.getMessage());
        pair.transport.close();
        pair.serverInputEnded = true;
        while (!pair.clientSocketEnded) {
            pair.clientStep();
        }
        assertFalse(pair.client.isInboundDone(), "an orderly end");
        assertFalse(pair.sockets.server.isOpen());
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void aSessionIsResumed(String protocol) throws IOException {
        open(protocol).handshake();
        pair.client.getSession().putValue("mark", "first");
        pair.close();
        open(protocol).handshake();
        assertEquals("first", pair.client.getSession().getValue("mark"));
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void aCloseNotifyEndsTheInputBehindWhatWasSent(String protocol) throws IOException {
        open(protocol).handshake();
        pair.clientSends.add(ByteBuffer.wrap(text("last words")));
        pair.clientCloses = true;
        pair.clientStep();
        ByteBuffer target = ByteBuffer.allocate(20_000);
        assertEquals(10, untilRead(target));
        // The socket has nothing more, so it is for the transport to say that there is an end to be read.
        assertTrue(pair.transport.hasBufferedInput());
        assertEquals(-1, pair.transport.read(target));
        assertFalse(pair.transport.hasBufferedInput());
    }

    @Test
    void behindACloseNotifyOfTls13MayStillBeWritten() throws IOException {
        open(TLS_1_3).handshake();
        pair.clientCloses = true;
        pair.until("end of input", () -> pair.serverInputEnded);
        pair.serverSends.add(ByteBuffer.wrap(text("answer")));
        pair.until("answer", () -> pair.clientReceived.size() == 6);
    }

    @Test
    @DisplayName("R-75: before TLS 1.3 a close_notify ends both directions: writing fails, and does not wait for ever")
    void behindACloseNotifyOfTls12WritingFails() throws IOException {
        open(TLS_1_2).handshake();
        pair.clientCloses = true;
        pair.until("end of input", () -> pair.serverInputEnded);
        assertThrows(IOException.class, () -> pair.transport.write(ByteBuffer.wrap(text("answer"))));
        pair.transport.close();
        pair.until("end of the socket", () -> pair.clientSocketEnded);
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    @DisplayName("R-75: a peer that closes its socket without close_notify is an end of input")
    void aClosedSocketEndsTheInput(String protocol) throws IOException {
        open(protocol).handshake();
        pair.clientSends.add(ByteBuffer.wrap(text("last words")));
        pair.clientStep();
        pair.sockets.peer.close();
        while (!pair.serverInputEnded) {
            pair.serverReads();
        }
        assertEquals("last words", pair.serverReceived.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void aRecordCutByTheEndOfTheSocketIsAnEndToo() throws IOException {
        open(TLS_1_3).handshake();
        pair.clientPortion = 20;
        pair.clientSends.add(ByteBuffer.wrap(randomBytes(1000)));
        pair.clientStep();
        pair.sockets.peer.close();
        while (!pair.serverInputEnded) {
            pair.serverReads();
        }
        assertEquals(0, pair.serverReceived.size());
    }

    @Test
    @DisplayName("R-95: what is no TLS at all fails, and is answered by an alert")
    void garbageFails() throws IOException {
        open(TLS_1_3);
        pair.sockets.peer.write(ByteBuffer.wrap(text("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")));
        assertThrows(SSLException.class, () -> untilRead(ByteBuffer.allocate(20_000)));
        pair.transport.close();
        assertFalse(pair.sockets.server.isOpen());
        pair.sockets.peer.configureBlocking(true);
        ByteBuffer answer = ByteBuffer.allocate(100);
        pair.sockets.peer.read(answer);
        // RFC 8446 section 6: record type alert.
        assertEquals(21, answer.get(0));
    }

    @Test
    @DisplayName("R-95: a damaged record fails")
    void aDamagedRecordFails() throws IOException {
        open(TLS_1_3).handshake();
        ByteBuffer record = ByteBuffer.allocate(105);
        record.put(new byte[] {23, 3, 3, 0, 100}).position(105).flip();
        pair.sockets.peer.write(record);
        assertThrows(SSLException.class, () -> untilRead(ByteBuffer.allocate(20_000)));
        pair.transport.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    @DisplayName("R-25: the own side ends with close_notify and FIN, and the peer is read on")
    void shutdownOutputTellsThePeerAndReadsOn(String protocol) throws IOException {
        open(protocol).handshake();
        pair.serverSends.add(ByteBuffer.wrap(text("response")));
        pair.serverStep();
        pair.transport.shutdownOutput();
        if (protocol.equals(TLS_1_3)) {
            pair.until("close_notify", () -> pair.client.isInboundDone());
            pair.clientSends.add(ByteBuffer.wrap(text("more")));
            pair.until("more", () -> pair.serverReceived.size() == 4);
        }
        pair.until("FIN", () -> pair.clientSocketEnded);
        assertTrue(pair.client.isInboundDone());
        assertEquals("response", pair.clientReceived.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void theEndOfTheOutputWaitsForWhatTheSocketDidNotTake() throws IOException {
        open(TLS_1_3).handshake();
        pair.clientReads = false;
        ByteBuffer message = ByteBuffer.wrap(randomBytes(2 << 20));
        pair.transport.write(message);
        int taken = message.position();
        pair.transport.shutdownOutput();
        assertFalse(pair.transport.flush());
        pair.clientReads = true;
        pair.until("FIN", () -> pair.clientSocketEnded);
        assertTrue(pair.client.isInboundDone());
        assertEquals(taken, pair.clientReceived.size());
    }

    @Test
    void closingSendsACloseNotify() throws IOException {
        open(TLS_1_3).handshake();
        pair.transport.close();
        assertFalse(pair.sockets.server.isOpen());
        pair.serverInputEnded = true;
        while (!pair.clientSocketEnded) {
            pair.clientStep();
        }
        assertTrue(pair.client.isInboundDone());
        pair.transport.close();
    }

    @Test
    void aConnectionThatNeverSpokeIsClosedQuietly() throws IOException {
        open(TLS_1_3);
        pair.transport.close();
        assertFalse(pair.sockets.server.isOpen());
        assertEquals(null, pair.transport.remoteAddress());
    }

    @Test
    void theBuffersOfTheLoopAreLargeEnoughForARecord() throws IOException {
        open(TLS_1_3);
        assertTrue(LoopBuffers.READ_SIZE >= 4 * pair.client.getSession().getPacketBufferSize());
    }
}

package io.jackfield.codec;

import static io.jackfield.codec.TestFrame.close;
import static io.jackfield.codec.TestFrame.frame;
import static io.jackfield.codec.TestFrame.ping;
import static io.jackfield.codec.TestFrame.pong;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 5.5: ping and pong, and what all control frames have in common. */
class ControlFramesTest {

    private static final String LONGEST = "5a".repeat(125);

    @Test
    @DisplayName("S-96 R-55 A-21: a ping is answered with exactly its payload, before it is reported")
    void pingIsAnswered() {
        StringBuilder order = new StringBuilder();
        DriverProbe[] probe = new DriverProbe[1];
        probe[0] = DriverProbe.server(new RecordingListener() {
            @Override
            public void onPing(ByteBuffer payload) {
                order.append(Bytes.hex(probe[0].output.take()))
                        .append(" before ")
                        .append(Bytes.hex(payload));
            }
        });
        probe[0].receive(ping("010203"));
        assertEquals("8a03010203 before 010203", order.toString());
        probe[0].end();
    }

    @Test
    @DisplayName("S-96 S-75: pings of 0 to 125 bytes")
    void pingsOfAllLengths() {
        DriverProbe.server()
                .receive(ping(""))
                .expect("ping ")
                .expectSent("8a 00")
                .receive(ping(LONGEST))
                .expect("ping " + LONGEST)
                .expectSent("8a 7d" + LONGEST)
                .end();
    }

    @Test
    @DisplayName("S-75 R-56 A-20: pongs are reported and not answered")
    void pongIsNotAnswered() {
        DriverProbe.server()
                .receive(pong("aa"), pong(""))
                .expect("pong aa", "pong ")
                .end();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10})
    @DisplayName("S-139 R-53: control frames must be final")
    void controlFramesMustBeFinal(int opcode) {
        DriverProbe.server()
                .receive(frame(opcode).notFinal())
                .expectFailure(1002, "Received fragmented control frame: opcode = " + opcode);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10})
    @DisplayName("S-140 R-54: control frames hold at most 125 bytes; what announces more fails before it arrives")
    void controlFramesAreShort(int opcode) {
        DriverProbe.server()
                .receive(Bytes.hex("8" + Integer.toHexString(opcode) + "fe 007e"))
                .expectFailure(1002, "Received control frame having too long payload: 126");
        DriverProbe.server()
                .receive(Bytes.hex("8" + Integer.toHexString(opcode) + "ff 0000000100000000"))
                .expectFailure(1002, "Received control frame having too long payload: 4294967296");
    }

    @Test
    @DisplayName("S-146: a short control frame may have a long form of length")
    void controlFrameWithLongFormOfLength() {
        DriverProbe.server()
                .receive(ping("01").lengthBytes(2), ping("02").lengthBytes(8))
                .expect("ping 01", "ping 02")
                .expectSent("8a0101 8a0102")
                .end();
    }

    @Test
    @DisplayName("A-26 R-92 R-55: while the output is congested only the latest ping is kept, and answered later")
    void onlyTheLatestPingIsAnsweredAfterCongestion() {
        DriverProbe probe = DriverProbe.server();
        probe.output.congest(true);
        probe.receive(ping("01"), ping("02"), ping("03")).expect("ping 01", "ping 02", "ping 03");
        probe.driver.outputDrained();
        probe.expectSent("");
        probe.output.congest(false);
        probe.driver.outputDrained();
        probe.expectSent("8a 01 03");
        probe.driver.outputDrained();
        probe.end();
    }

    @Test
    @DisplayName("R-55: a pong that is sent at once answers the pings before it")
    void newerPongReplacesTheOneThatWasHeldBack() {
        DriverProbe probe = DriverProbe.server();
        probe.output.congest(true);
        probe.receive(ping("01")).expect("ping 01");
        probe.output.congest(false);
        probe.receive(ping("02")).expect("ping 02").expectSent("8a 01 02");
        probe.driver.outputDrained();
        probe.end();
    }

    @Test
    @DisplayName("R-55: a pong that was held back is not sent once the peer has closed")
    void heldPongIsForgottenWithAClose() {
        DriverProbe probe = DriverProbe.server();
        probe.output.congest(true);
        probe.receive(ping("01"), close("")).expect("ping 01").expectSent("8800");
        probe.expect("closing", "finished 1005 \"\" clean PEER sent 1005");
        probe.output.congest(false);
        probe.driver.outputDrained();
        probe.end();
    }

    @Test
    @DisplayName("S-88 S-98: pings and unsolicited pongs are sent")
    void pingsAndPongsAreSent() {
        DriverProbe probe = DriverProbe.server();
        assertTrue(probe.driver.ping(Bytes.buffer("")));
        assertTrue(probe.driver.ping(Bytes.buffer("3530")));
        assertTrue(probe.driver.pong(Bytes.buffer(LONGEST)));
        probe.expectSent("8900 89023530 8a7d" + LONGEST).end();
        assertEquals(0, probe.output.takeMessages());
    }

    @Test
    @DisplayName("S-99: a payload of more than 125 bytes is refused at the call, in every state")
    void longPayloadsAreRefused() {
        DriverProbe probe = DriverProbe.server();
        ByteBuffer tooLong = ByteBuffer.allocate(126);
        assertThrows(IllegalArgumentException.class, () -> probe.driver.ping(tooLong));
        assertThrows(IllegalArgumentException.class, () -> probe.driver.pong(tooLong));
        probe.driver.abort(null);
        assertThrows(IllegalArgumentException.class, () -> probe.driver.ping(tooLong));
        probe.expect("closing", "finished 1006 \"\" unclean NETWORK").end();
    }

    @Test
    @DisplayName("S-88 S-98 S-111: no pings and pongs are sent once the state is not OPEN")
    void nothingIsSentAfterClose() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.close(1000, "");
        probe.expectSent("880203e8");
        assertFalse(probe.driver.ping(Bytes.buffer("01")));
        assertFalse(probe.driver.pong(Bytes.buffer("01")));
        probe.end();
    }

    @Test
    @DisplayName("S-87: the caller's buffers stay as they are")
    void buffersStayAsTheyAre() {
        DriverProbe probe = DriverProbe.client();
        ByteBuffer payload = Bytes.buffer("00010203ff").position(1).limit(4);
        probe.driver.ping(payload);
        probe.driver.pong(payload.asReadOnlyBuffer());
        probe.expectSent("8983 37fa213d 36f822 8a83 37fa213d 36f822").end();
        assertEquals(1, payload.position());
        assertEquals(4, payload.limit());
        assertEquals("00010203ff", Bytes.hex(payload.array()));
    }
}

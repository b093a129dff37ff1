package io.jackfield.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.PreparedMessage;
import io.jackfield.api.extension.ExtensionMessage.Type;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Messages that are sent in parts. */
class SendingPartsTest {

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(Bytes.hex(hex));
    }

    @Test
    @DisplayName("R-51 R-52: the first frame has the opcode, the others continue it, the last has FIN")
    void framesOfAMessage() {
        DriverProbe probe = DriverProbe.server();
        ByteBuffer part = bytes("ff616263ff").position(1).limit(4);
        assertTrue(probe.driver.sendPart(Type.TEXT, part, false));
        assertEquals(1, part.position());
        assertEquals(4, part.limit());
        probe.expectSent("01 03 616263");
        assertTrue(probe.driver.isSendingParts());
        probe.driver.sendPart(Type.TEXT, bytes("64"), false);
        probe.expectSent("00 01 64");
        probe.driver.sendPart(Type.TEXT, bytes(""), false);
        probe.expectSent("");
        assertEquals(0, probe.output.takeMessages());
        probe.driver.sendPart(Type.TEXT, bytes(""), true);
        probe.expectSent("80 00");
        assertEquals(1, probe.output.takeMessages());
        assertFalse(probe.driver.isSendingParts());
        probe.driver.sendPart(Type.BINARY, bytes(""), false);
        probe.driver.sendPart(Type.BINARY, bytes("01"), true);
        probe.driver.sendPart(Type.BINARY, bytes("02"), true);
        probe.expectSent("82 01 01 82 01 02").end();
    }

    @Test
    @DisplayName("R-43: a client masks each part anew")
    void aClientMasksEachPart() {
        DriverProbe probe = DriverProbe.client();
        probe.driver.sendPart(Type.BINARY, bytes("00"), false);
        probe.driver.sendPart(Type.BINARY, bytes("01"), true);
        probe.expectSent("02 81 37fa213d 37 80 81 37fa213d 36").end();
    }

    @Test
    @DisplayName("R-52: other messages wait for the last part, in their order; control frames do not")
    void otherMessagesWait() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.sendPart(Type.TEXT, bytes("61"), false);
        probe.expectSent("01 01 61");
        ByteBuffer reused = bytes("0102");
        assertTrue(probe.driver.send(Type.BINARY, reused));
        reused.put(0, (byte) 9);
        assertTrue(probe.driver.sendText("bc"));
        assertTrue(probe.driver.send(PreparedMessage.text("def")));
        probe.driver.ping(bytes("aa"));
        probe.receive(TestFrame.ping("bb")).expect("ping bb");
        probe.expectSent("89 01 aa 8a 01 bb");
        assertEquals(7, probe.driver.waitingOutgoingBytes());
        probe.driver.sendPart(Type.TEXT, bytes(""), true);
        probe.expectSent("80 00 82 02 0102 81 02 6263 81 03 646566").end();
        assertEquals(0, probe.driver.waitingOutgoingBytes());
        assertEquals(4, probe.output.takeMessages());
    }

    @Test
    @DisplayName("R-52: the parts of one message are of one type")
    void oneTypeForAllParts() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.sendPart(Type.TEXT, bytes("61"), false);
        assertThrows(IllegalArgumentException.class, () -> probe.driver.sendPart(Type.BINARY, bytes("61"), true));
        probe.driver.sendPart(Type.TEXT, bytes("62"), true);
        probe.expectSent("01 01 61 80 01 62").end();
    }

    @Test
    @DisplayName("S-106 R-53: a close abandons the message and what waits behind it")
    void aCloseAbandons() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.sendPart(Type.TEXT, bytes("61"), false);
        probe.driver.sendText("waits");
        probe.driver.close(1000, "");
        probe.expectSent("01 01 61 88 02 03e8");
        assertFalse(probe.driver.sendPart(Type.TEXT, bytes("62"), true));
        assertFalse(probe.driver.isSendingParts());
        assertEquals(0, probe.driver.waitingOutgoingBytes());
        probe.receive(TestFrame.close("03e8"))
                .expect("finished 1000 \"\" clean LOCAL sent 1000")
                .end();
    }

    @Test
    @DisplayName("S-106: a failure abandons them as well")
    void aFailureAbandons() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.sendPart(Type.BINARY, bytes("61"), false);
        probe.expectSent("02 01 61");
        probe.driver.sendText("waits");
        probe.receive(TestFrame.continuation("00")).expectFailure(1002, "Received unexpected continuation frame");
    }
}

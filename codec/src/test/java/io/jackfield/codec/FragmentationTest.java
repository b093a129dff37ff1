package io.jackfield.codec;

import static io.jackfield.codec.TestFrame.binary;
import static io.jackfield.codec.TestFrame.close;
import static io.jackfield.codec.TestFrame.continuation;
import static io.jackfield.codec.TestFrame.ping;
import static io.jackfield.codec.TestFrame.pong;
import static io.jackfield.codec.TestFrame.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 6455 section 5.4. */
class FragmentationTest {

    @Test
    @DisplayName("S-148 R-52: fragments are joined in their order, and delivered when the last is there")
    void fragmentsAreJoined() {
        DriverProbe probe = DriverProbe.server();
        probe.receive(binary("0102").notFinal(), continuation("03").notFinal());
        probe.end();
        probe.receive(continuation("040506")).expect("binary 010203040506").end();
    }

    @Test
    @DisplayName("S-148: a fragmented message is followed by others, fragmented or not")
    void messagesFollowOneAnother() {
        DriverProbe.server()
                .receive(text("a").notFinal(), continuation("62"))
                .receive(binary("03"))
                .receive(binary("04").notFinal(), continuation("05"))
                .receive(text("e"))
                .expect("text ab", "binary 03", "binary 0405", "text e")
                .end();
    }

    @Test
    @DisplayName("S-148 S-96 R-53: control frames between fragments are handled at once")
    void controlFramesBetweenFragments() {
        DriverProbe.server()
                .receive(text("Hel").notFinal())
                .receive(ping("aa"))
                .expect("ping aa")
                .expectSent("8a 01 aa")
                .receive(pong("bb"))
                .expect("pong bb")
                .receive(continuation("6c6f"))
                .expect("text Hello")
                .end();
    }

    @Test
    @DisplayName("R-53 S-119: a close frame between fragments closes; the unfinished message is dropped")
    void closeFrameBetweenFragments() {
        DriverProbe probe = DriverProbe.server();
        probe.receive(text("Hel").notFinal(), close("03e8"))
                .expectSent("88 02 03e8")
                .expect("closing", "finished 1000 \"\" clean PEER sent 1000")
                .end();
        assertEquals(256, probe.memory.keptBytes(), "the buffer of the unfinished message is given back");
    }

    @Test
    @DisplayName("R-58: empty fragments are valid, wherever they stand")
    void emptyFragments() {
        DriverProbe.server()
                .receive(text("").notFinal(), continuation("").notFinal(), continuation(""))
                .expect("text ")
                .receive(binary("").notFinal(), continuation("01").notFinal(), continuation(""))
                .expect("binary 01")
                .receive(binary("").notFinal(), continuation(""))
                .expect("binary ")
                .end();
    }

    @Test
    @DisplayName("S-154 R-57: a character may be cut by fragments")
    void charactersMayBeCut() {
        DriverProbe.server()
                .receive(TestFrame.frame(1).payload(Bytes.hex("efa3")).notFinal(), continuation("bf"))
                .expect("text \uF8FF")
                .end();
    }

    @Test
    @DisplayName("S-141 R-52: a new data frame within a message fails")
    void newDataFrameWithinAMessage() {
        for (TestFrame second : new TestFrame[] {text("b"), binary("02")}) {
            DriverProbe.server()
                    .receive(text("a").notFinal(), second)
                    .expectFailure(1002, "Received new data frame but previous continuous frame is unfinished");
        }
    }

    @Test
    @DisplayName("S-142 R-52: a continuation frame outside of a message fails")
    void continuationOutsideOfAMessage() {
        for (TestFrame stray :
                new TestFrame[] {continuation("01"), continuation("01").notFinal()}) {
            DriverProbe.server().receive(stray).expectFailure(1002, "Received unexpected continuation frame");
            DriverProbe.server()
                    .receive(text("a").notFinal(), continuation("62"))
                    .expect("text ab")
                    .receive(stray)
                    .expectFailure(1002, "Received unexpected continuation frame");
        }
    }

    @Test
    @DisplayName("S-137 R-82: reserved bits on continuation frames fail")
    void reservedBitsOnContinuationFrames() {
        DriverProbe.server()
                .receive(text("a").notFinal(), continuation("62").rsv2())
                .expectFailure(1002, "One or more reserved bits are on: reserved1 = 0, reserved2 = 1, reserved3 = 0");
    }
}

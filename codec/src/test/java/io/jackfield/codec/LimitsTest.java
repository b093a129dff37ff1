package io.jackfield.codec;

import static io.jackfield.codec.TestFrame.binary;
import static io.jackfield.codec.TestFrame.continuation;
import static io.jackfield.codec.TestFrame.frame;
import static io.jackfield.codec.TestFrame.ping;
import static io.jackfield.codec.TestFrame.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 10.4: what a peer can make an endpoint spend. */
class LimitsTest {

    private static final String TOO_LARGE = "WebSocket frame length too large";

    @Test
    @DisplayName("S-156 S-159: a message of exactly the largest length passes, whole or in fragments")
    void largestMessagePasses() {
        DriverProbe.server(4, 10)
                .receive(binary("01020304"), binary("0102").notFinal(), continuation("0304"))
                .expect("binary 01020304", "binary 01020304")
                .end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"82 85", "82 fe 0005", "82 ff 0000000000000005", "82 ff 7fffffffffffffff"})
    @DisplayName("S-155 R-60 A-6 A-7 A-8 A-13: a frame above the limit fails as soon as its length is known")
    void frameAboveTheLimit(String header) {
        DriverProbe.server(4, 10).receive(header).expectFailure(1009, TOO_LARGE);
    }

    @Test
    @DisplayName("S-155 R-60 A-15 A-16: fragments whose sum is above the limit fail at the header that passes it")
    void fragmentsAboveTheLimit() {
        DriverProbe.server(4, 10)
                .receive(text("abc").notFinal())
                .receive("00 82") // two more, not final
                .expectFailure(1009, TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"80 ff 7fffffffffffffff", "80 ff 00000000fffffffe", "80 ff 7ffffffffffffffd", "80fe ffff"})
    @DisplayName("R-59 A-2: the sum of fragments does not overflow")
    void sumDoesNotOverflow(String header) {
        DriverProbe.server(4, 10)
                .receive(text("abc").notFinal())
                .receive(header)
                .expectFailure(1009, TOO_LARGE);
        DriverProbe largest = DriverProbe.server(Integer.MAX_VALUE - 8L, 10)
                .receive(text("abc").notFinal());
        if (header.startsWith("80 ff")) {
            largest.receive(header).expectFailure(1009, TOO_LARGE);
        }
    }

    @Test
    @DisplayName("S-157 S-158: control frames do not count")
    void controlFramesDoNotCount() {
        DriverProbe.server(4, 10)
                .receive(text("abcd").notFinal())
                .receive(ping("010203040506"))
                .expect("ping 010203040506")
                .expectSent("8a 06 010203040506")
                .receive(continuation(""))
                .expect("text abcd")
                .end();
    }

    @Test
    @DisplayName("R-61 A-17 A-18 A-19: more fragments than the limit fail with 1008, empty ones too")
    void tooManyFragments() {
        DriverProbe.server(100, 3)
                .receive(text("").notFinal(), continuation("").notFinal(), continuation(""))
                .expect("text ")
                .receive(
                        text("a").notFinal(),
                        continuation("").notFinal(),
                        continuation("").notFinal())
                .receive("00") // judged before anything else of it arrives
                .expectFailure(1008, "Received message of more than 3 fragments");
        DriverProbe.server(100, 1)
                .receive(text("whole"), text("frag").notFinal())
                .expect("text whole")
                .receive("80")
                .expectFailure(1008, "Received message of more than 1 fragments");
    }

    @Test
    @DisplayName("R-59 A-9 A-10 A-11: what is announced costs nothing until it arrives")
    void memoryGrowsWithWhatArrives() {
        DriverProbe probe = DriverProbe.server(Integer.MAX_VALUE - 8L, 10);
        byte[] start = frame(2).announcing(1L << 30).payload(new byte[600]).bytes();
        probe.receive(start);
        probe.driver.abort(null);
        probe.expect("closing", "finished 1006 \"\" unclean NETWORK").end();
        assertEquals(1024, probe.memory.keptBytes(), "600 bytes arrived of a gigabyte");
    }

    @Test
    @DisplayName("R-59: a message that arrives in small pieces is whole, and its buffers are given back")
    void growthKeepsThePayload() {
        byte[] payload = new byte[70_000];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (i * 31);
        }
        byte[] bytes = frame(2).payload(payload).bytes();
        DriverProbe probe = DriverProbe.server();
        for (int from = 0; from < bytes.length; from += 1000) {
            probe.driver.receive(ByteBuffer.wrap(bytes.clone(), from, Math.min(1000, bytes.length - from)));
        }
        probe.expect("binary " + Bytes.hex(payload)).end();
        int allSizes = 0;
        for (int size = 1024; size <= 131_072; size *= 2) {
            allSizes += size;
        }
        assertEquals(allSizes, probe.memory.keptBytes());
    }

    @Test
    @DisplayName("R-59 R-60: room for fragments doubles, but not beyond the largest message")
    void roomEndsAtTheLargestMessage() {
        int limit = 3 << 20;
        AtomicInteger capacity = new AtomicInteger();
        DriverProbe probe = new DriverProbe(
                new DriverConfig(Role.SERVER, limit, 10, true, () -> 0), List.of(), new RecordingListener() {
                    @Override
                    public void onBinary(ByteBuffer payload) {
                        capacity.set(payload.capacity());
                    }
                });
        probe.receive(
                frame(2).payload(new byte[2 << 20]).notFinal(),
                frame(0).payload(new byte[1]).notFinal(),
                continuation(""));
        assertEquals(limit, capacity.get());
        probe.end();
    }

    @Test
    @DisplayName("R-60: the limits themselves are checked")
    void limitsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new DriverConfig(Role.SERVER, 0, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new DriverConfig(Role.SERVER, 1L << 31, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new DriverConfig(Role.SERVER, 1, 0, true));
        assertThrows(NullPointerException.class, () -> new DriverConfig(null, 1, 1, true));
    }
}

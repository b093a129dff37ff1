package io.jackfield.codec;

import static io.jackfield.codec.TestExtensions.plain;
import static io.jackfield.codec.TestFrame.close;
import static io.jackfield.codec.TestFrame.continuation;
import static io.jackfield.codec.TestFrame.ping;
import static io.jackfield.codec.TestFrame.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jackfield.codec.TestExtensions.Controlled;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An owner that has enough for now: the rest of its input stays where it is. */
class InterruptingTest {

    private static final byte[] INPUT = Bytes.concat(
            text("1").bytes(),
            ping("70").bytes(),
            text("2").notFinal().bytes(),
            continuation("21").bytes(),
            close("03e8").bytes());

    /** Interrupts at every event, and counts what waits in extensions when one more message does. */
    private static final class Interrupting extends RecordingListener {

        private Driver driver;

        @Override
        public void onText(String text) {
            super.onText(text);
            driver.interrupt();
        }

        @Override
        public void onPing(ByteBuffer payload) {
            super.onPing(payload);
            driver.interrupt();
        }

        @Override
        public void onMessagePending() {
            events.add(driver.pendingIncoming() + " pending with " + driver.pendingIncomingBytes());
            driver.interrupt();
        }
    }

    private static DriverProbe probe(ActiveExtension... extensions) {
        Interrupting listener = new Interrupting();
        DriverProbe probe = new DriverProbe(DriverProbe.SERVER, List.of(extensions), listener);
        listener.driver = probe.driver;
        return probe;
    }

    @Test
    @DisplayName("R-91: receive returns behind the frame at which it is interrupted, and goes on with the rest")
    void receiveReturnsBehindTheFrame() {
        DriverProbe probe = probe();
        ByteBuffer in = ByteBuffer.wrap(INPUT.clone());
        probe.driver.receive(in);
        probe.expect("text 1");
        assertEquals(text("1").bytes().length, in.position());
        probe.driver.receive(in);
        probe.expect("ping 70").expectSent("8a 01 70");
        probe.driver.receive(in);
        probe.expect("text 2!");
        probe.driver.receive(in);
        probe.expect("closing", "finished 1000 \"\" clean PEER sent 1000").expectSent("88 02 03e8");
        assertFalse(in.hasRemaining());
        probe.end();
    }

    @Test
    @DisplayName("R-91: an interruption outside of receive has no effect")
    void anInterruptionAtAnotherTimeIsForgotten() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.interrupt();
        probe.receive(INPUT).expect("text 1", "ping 70", "text 2!");
    }

    @Test
    @DisplayName("R-91: what a failure leaves is taken, whoever interrupts")
    void aFailureTakesTheRest() {
        DriverProbe probe = probe();
        ByteBuffer in = ByteBuffer.wrap(Bytes.concat(text("1").bytes(), Bytes.hex("83 80 00000000"), INPUT));
        probe.driver.receive(in);
        probe.expect("text 1");
        probe.driver.receive(in);
        assertFalse(in.hasRemaining());
        probe.expectFailure(1002, "Unrecognized frame opcode: 3");
    }

    @Test
    @DisplayName("R-91: the owner can count what waits in extensions: payloads, then results, until they leave")
    void pendingBytesAreCounted() {
        Controlled session = new Controlled("abc");
        DriverProbe probe = probe(plain("a", session));
        ByteBuffer in = ByteBuffer.wrap(
                Bytes.concat(text("12").bytes(), text("345").bytes(), text("6").bytes()));
        probe.driver.receive(in);
        probe.expect("1 pending with 2");
        probe.driver.receive(in);
        probe.expect("2 pending with 5");
        probe.driver.receive(in);
        probe.expect("3 pending with 6");
        assertFalse(in.hasRemaining());
        session.finish(1); // four bytes longer
        probe.runTasks().end();
        assertEquals(10, probe.driver.pendingIncomingBytes());
        session.finish(0);
        probe.runTasks().expect("text 12<abc", "text 345<abc");
        assertEquals(1, probe.driver.pendingIncomingBytes());
        session.fail(0, new IllegalStateException("broken"));
        probe.runTasks();
        assertEquals(0, probe.driver.pendingIncomingBytes());
    }

    @Test
    @DisplayName("R-91: behind a failure nothing is counted, however late it is answered")
    void whatIsDroppedDoesNotCount() {
        Controlled session = new Controlled("a");
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.receive(text("1"), text("2"), text("3"));
        assertEquals(3, probe.driver.pendingIncomingBytes());
        session.fail(0, new IllegalStateException("broken"));
        probe.runTasks();
        session.finish(1);
        session.finish(0);
        probe.runTasks();
        assertEquals(0, probe.driver.pendingIncomingBytes());
    }
}

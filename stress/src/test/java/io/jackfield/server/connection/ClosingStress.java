package io.jackfield.server.connection;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** One thread closes while another does something. Any other outcome than those that are listed is forbidden. */
public class ClosingStress {

    private static ByteBuffer message() {
        return ByteBuffer.wrap(new byte[1]);
    }

    /** A message is accepted and in front of the close frame, or refused and nowhere. */
    @JCStressTest
    @Outcome(id = "true, message close 4000", expect = ACCEPTABLE, desc = "sent, and in front")
    @Outcome(id = "false, close 4000", expect = ACCEPTABLE, desc = "refused")
    @State
    public static class SendBesideClose extends StressedSession {

        public SendBesideClose() {
            open();
            settle();
        }

        @Actor
        public void send(LL_Result result) {
            result.r1 = session.send(message());
        }

        @Actor
        public void close() {
            session.close(4000, "");
        }

        @Arbiter
        public void look(LL_Result result) {
            result.r2 = frames();
        }
    }

    /** The application and the server close at once: the peer hears of one. */
    @JCStressTest
    @Outcome(id = "true, close 1001", expect = ACCEPTABLE, desc = "the server was first")
    @Outcome(id = "false, close 4000", expect = ACCEPTABLE, desc = "the application was first")
    @State
    public static class CloseBesideClose extends StressedSession {

        public CloseBesideClose() {
            open();
            settle();
        }

        @Actor
        public void application() {
            session.close(4000, "");
        }

        @Actor
        public void server(LL_Result result) {
            result.r1 = session.closeFromOutside(1001, "");
        }

        @Arbiter
        public void look(LL_Result result) {
            result.r2 = frames();
        }
    }

    /** It opens while the application closes: nothing of it is on the wire, or all. */
    @JCStressTest
    @Outcome(id = "close, ", expect = ACCEPTABLE, desc = "closed before it was open")
    @Outcome(id = "open close, close 4000", expect = ACCEPTABLE, desc = "open, and closed")
    @State
    public static class OpenBesideClose extends StressedSession {

        @Actor
        public void opens() {
            open();
        }

        @Actor
        public void close() {
            session.close(4000, "");
        }

        @Arbiter
        public void look(LL_Result result) {
            result.r2 = frames();
            fail();
            settle();
            result.r1 = events();
        }
    }

    /** The network fails while a message is on its way: its receipt says what became of it. */
    @JCStressTest
    @Outcome(id = "written, message", expect = ACCEPTABLE)
    @Outcome(id = "lost, ", expect = ACCEPTABLE)
    @State
    public static class SendBesideFailure extends StressedSession {

        private CompletableFuture<Void> receipt;

        public SendBesideFailure() {
            open();
            settle();
        }

        @Actor
        public void send() {
            receipt = session.sendAsync(message()).toCompletableFuture();
        }

        @Actor
        public void failure() {
            fail();
        }

        @Arbiter
        public void look(LL_Result result) {
            result.r2 = frames();
            result.r1 = !receipt.isDone() ? "forgotten" : receipt.isCompletedExceptionally() ? "lost" : "written";
        }
    }
}

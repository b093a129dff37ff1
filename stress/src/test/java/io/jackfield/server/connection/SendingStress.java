package io.jackfield.server.connection;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.jackfield.api.Options;
import io.jackfield.api.OverflowPolicy;
import io.jackfield.server.loop.SharedLoop;
import io.jackfield.server.routing.PublishedEndpoint;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/** Threads that send at once, to a peer that reads nothing, or begins to. */
public class SendingStress {

    private static final int LENGTH = 10;

    private static final PublishedEndpoint ROOM_FOR_ONE = StressedSession.endpoint(Options.builder()
            .maxBufferedAmount(LENGTH)
            .overflowPolicy(OverflowPolicy.DROP_NEWEST)
            .build());

    private static ByteBuffer message() {
        return ByteBuffer.wrap(new byte[LENGTH]);
    }

    /** What waits is never counted twice, on its way to the loop and behind it: others would be refused for nothing. */
    @JCStressTest
    @Outcome(
            id = {"0, 10", "10, 10"},
            expect = ACCEPTABLE,
            desc = "not yet, or not seen while it moves; counted")
    @State
    public static class AmountBesideSend extends StressedSession {

        public AmountBesideSend() {
            wire.stall(true);
            open();
            settle();
        }

        @Actor
        public void send() {
            session.send(message());
        }

        @Actor
        public void ask(JJ_Result result) {
            result.r1 = session.bufferedAmount();
        }

        @Arbiter
        public void look(JJ_Result result) {
            settle();
            result.r2 = session.bufferedAmount();
        }
    }

    /** There is room for one message: of two that come at once, one is taken. */
    @JCStressTest
    @Outcome(
            id = {"true, false, 10", "false, true, 10"},
            expect = ACCEPTABLE,
            desc = "one is taken")
    @Outcome(id = "true, true, 20", expect = ACCEPTABLE_INTERESTING, desc = "the first was moving, and not seen")
    @State
    public static class SendBesideSend extends StressedSession {

        public SendBesideSend() {
            super(ROOM_FOR_ONE, List.of());
            wire.stall(true);
            open();
            settle();
        }

        private boolean accepts() {
            return !session.sendAsync(message()).toCompletableFuture().isCompletedExceptionally();
        }

        @Actor
        public void first(ZZJ_Result result) {
            result.r1 = accepts();
        }

        @Actor
        public void second(ZZJ_Result result) {
            result.r2 = accepts();
        }

        @Arbiter
        public void look(ZZJ_Result result) {
            settle();
            result.r3 = session.bufferedAmount();
        }
    }

    /** Whoever was told that the peer lags behind is told when it does not any more. */
    @JCStressTest
    @Outcome(
            id = {"true, 0", "true, 1"},
            expect = ACCEPTABLE,
            desc = "was told nothing")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "was told both")
    @State
    public static class SendBesideDrain extends StressedSession {

        private final AtomicInteger drains = new AtomicInteger();

        public SendBesideDrain() {
            session.onDrain(event -> drains.incrementAndGet());
            wire.stall(true);
            open();
            session.send(message());
            settle();
        }

        @Actor
        public void send(ZI_Result result) {
            result.r1 = session.send(message());
        }

        @Actor
        public void read() {
            wire.stall(false);
            SharedLoop.get().execute(connection::flush);
        }

        @Arbiter
        public void look(ZI_Result result) {
            settle();
            result.r2 = drains.get();
        }
    }
}

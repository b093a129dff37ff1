package io.jackfield.server.connection;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.jackfield.api.Event;
import io.jackfield.api.NegotiatedExtension;
import io.jackfield.api.Options;
import io.jackfield.api.extension.DeferredSession;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.codec.ActiveExtension;
import io.jackfield.server.loop.SharedLoop;
import io.jackfield.stress.Countdown;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Events on their way to listeners, which come and go. */
public class DeliveryStress {

    private static final ExecutorService POOL = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    /** Two events of each of two threads, on an executor of two threads: each once, one at a time, in order. */
    @JCStressTest
    @Outcome(
            id = {"abcd, 0", "acbd, 0", "acdb, 0", "cabd, 0", "cadb, 0", "cdab, 0"},
            expect = ACCEPTABLE,
            desc = "b behind a, d behind c, nothing at once")
    @State
    public static class DispatchBesideDispatch {

        private final SerialDispatcher dispatcher = new SerialDispatcher(POOL, Long.MAX_VALUE, () -> {});
        private final Countdown left = new Countdown(4);
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger atOnce = new AtomicInteger();

        /** Not volatile: one event must see what the one before wrote. */
        private String order = "";

        private void dispatch(String name) {
            dispatcher.dispatch(
                    () -> {
                        if (running.getAndIncrement() > 0) {
                            atOnce.incrementAndGet();
                        }
                        order += name;
                        running.decrementAndGet();
                        left.happened();
                    },
                    0);
        }

        @Actor
        public void first() {
            dispatch("a");
            dispatch("b");
        }

        @Actor
        public void second() {
            dispatch("c");
            dispatch("d");
        }

        @Arbiter
        public void look(LL_Result result) {
            boolean complete = left.isOver();
            result.r1 = complete ? order : "some are lost";
            result.r2 = atOnce.get();
        }
    }

    /** More waits than may, and then nothing: reading goes on in the end. */
    @JCStressTest
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "neither lags nor pauses")
    @State
    public static class LagBesideProgress {

        private final Countdown left = new Countdown(4);
        private final SerialDispatcher dispatcher =
                new SerialDispatcher(POOL, SerialDispatcher.EVENT_COST, this::onLagChange);
        private boolean paused;

        /** As a session does it. */
        private void onLagChange() {
            SharedLoop.get().execute(() -> paused = dispatcher.lags());
        }

        private void dispatchTwo() {
            dispatcher.dispatch(left::happened, 1);
            dispatcher.dispatch(left::happened, 1);
        }

        @Actor
        public void first() {
            dispatchTwo();
        }

        @Actor
        public void second() {
            dispatchTwo();
        }

        @Arbiter
        public void look(ZZ_Result result) {
            boolean complete = left.isOver();
            result.r1 = dispatcher.lags() || !complete;
            result.r2 = CompletableFuture.supplyAsync(() -> paused, SharedLoop.get())
                    .join();
        }
    }

    /** Listeners that two threads add, one of which is removed again. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "who stays hears, who went does not")
    @State
    public static class AddBesideRemove extends StressedSession {

        private int stayed;
        private int went;

        @Actor
        public void stay() {
            session.on(Event.Drain.class, event -> stayed++);
        }

        @Actor
        public void comeAndGo() {
            session.on(Event.Drain.class, event -> went++).close();
        }

        @Arbiter
        public void look(II_Result result) {
            session.listeners().drain();
            result.r1 = stayed;
            result.r2 = went;
        }
    }

    /** An extension answers for two messages at once, on two threads: they come once each, and in order. */
    @JCStressTest
    @Outcome(id = "open12", expect = ACCEPTABLE, desc = "in order")
    @State
    public static class AnswerBesideAnswer extends StressedSession {

        private final Later later;

        public AnswerBesideAnswer() {
            this(new Later());
        }

        private AnswerBesideAnswer(Later later) {
            super(
                    endpoint(Options.defaults()),
                    List.of(new ActiveExtension(
                            new NegotiatedExtension("later", ExtensionParameters.EMPTY), false, false, false, later)));
            this.later = later;
            open();
            // Two masked text frames, with the masking key 0 (RFC 6455 section 5.2).
            byte[] frames = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, '1', (byte) 0x81, (byte) 0x81, 0, 0, 0, 0, '2'};
            SharedLoop.get().execute(() -> session.phase().onBytes(ByteBuffer.wrap(frames)));
            settle();
        }

        @Actor
        public void first() {
            later.answer(0);
        }

        @Actor
        public void second() {
            later.answer(1);
        }

        @Arbiter
        public void look(L_Result result) {
            settle();
            result.r1 = events();
        }
    }

    /** Answers when it is told to. */
    private static final class Later implements DeferredSession {

        private final List<ExtensionMessage> messages = new ArrayList<>();
        private final List<CompletableFuture<ExtensionMessage>> answers = new ArrayList<>();

        void answer(int number) {
            answers.get(number).complete(messages.get(number));
        }

        @Override
        public CompletionStage<ExtensionMessage> incoming(ExtensionMessage message) {
            CompletableFuture<ExtensionMessage> answer = new CompletableFuture<>();
            messages.add(message);
            answers.add(answer);
            return answer;
        }

        @Override
        public CompletionStage<ExtensionMessage> outgoing(ExtensionMessage message) {
            return CompletableFuture.completedStage(message);
        }
    }
}

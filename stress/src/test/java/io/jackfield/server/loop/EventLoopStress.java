package io.jackfield.server.loop;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.jackfield.stress.Countdown;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Threads that hand tasks to a loop, which falls asleep in between. */
public class EventLoopStress {

    /** Two tasks of each of two threads: each runs, and in its thread's order. */
    @JCStressTest
    @Outcome(
            id = {"abcd", "acbd", "acdb", "cabd", "cadb", "cdab"},
            expect = ACCEPTABLE,
            desc = "b behind a, d behind c")
    @State
    public static class ExecuteBesideExecute {

        private final Countdown left = new Countdown(4);

        /** The loop's. */
        private String order = "";

        private void execute(String name) {
            SharedLoop.get().execute(() -> {
                order += name;
                left.happened();
            });
        }

        @Actor
        public void first() {
            execute("a");
            execute("b");
        }

        @Actor
        public void second() {
            execute("c");
            execute("d");
        }

        @Arbiter
        public void look(L_Result result) {
            boolean complete = left.isOver();
            result.r1 = complete ? order : "the loop sleeps";
        }
    }
}

package io.jackfield.ext.deflate;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Connections of several loops that share the codecs of an extension. */
public class CodecPoolStress {

    /** Stands for zlib's memory. */
    private static final class Codec extends PooledCodec {

        private final AtomicInteger alive;
        private int users;

        Codec(int slot, AtomicInteger alive) {
            super(slot);
            this.alive = alive;
            alive.incrementAndGet();
        }

        /** How many use it: not atomic, since whoever has borrowed it has it alone. */
        int use() {
            users++;
            int atOnce = users;
            users--;
            return atOnce;
        }

        @Override
        void end() {
            alive.decrementAndGet();
        }
    }

    /** One codec, for which two ask at once: each has one alone, and one is left. */
    @JCStressTest
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "each has one alone, and one is kept")
    @State
    public static class BorrowBesideBorrow {

        private final AtomicInteger alive = new AtomicInteger();
        private final CodecPool<Codec> pool = new CodecPool<>(1, slot -> new Codec(slot, alive));

        @Actor
        public void any(III_Result result) {
            Codec codec = pool.borrowAny();
            result.r1 = codec.use();
            pool.giveBack(codec);
        }

        @Actor
        public void last(III_Result result) {
            Codec codec = pool.borrow(null, 0);
            result.r2 = codec.use();
            pool.giveBack(codec);
        }

        @Arbiter
        public void look(III_Result result) {
            result.r3 = alive.get();
        }
    }

    /** The extension is closed while a connection works: no codec is left, and none is ended twice. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "works, and nothing is left")
    @State
    public static class BorrowBesideClose {

        private final AtomicInteger alive = new AtomicInteger();
        private final CodecPool<Codec> pool = new CodecPool<>(1, slot -> new Codec(slot, alive));

        @Actor
        public void work(II_Result result) {
            Codec codec = pool.borrowAny();
            result.r1 = codec.use();
            pool.giveBack(codec);
        }

        @Actor
        public void close() {
            pool.close();
        }

        @Arbiter
        public void look(II_Result result) {
            result.r2 = alive.get();
        }
    }

    /** Two connections come and go at once: the last one frees all. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "no session, no codec")
    @State
    public static class LeaveBesideLeave {

        private final Codecs codecs = new Codecs(DeflateOptions.DEFAULTS);

        private void comeAndGo() {
            codecs.enter();
            codecs.inflaters().giveBack(codecs.inflaters().borrowAny());
            codecs.leave();
        }

        @Actor
        public void first() {
            comeAndGo();
        }

        @Actor
        public void second() {
            comeAndGo();
        }

        @Arbiter
        public void look(II_Result result) {
            result.r1 = codecs.sessions();
            result.r2 = codecs.inflaters().size();
            codecs.close();
        }
    }
}

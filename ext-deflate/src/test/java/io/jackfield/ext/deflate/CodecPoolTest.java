package io.jackfield.ext.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CodecPoolTest {

    private final Queue<FakeCodec> made = new ConcurrentLinkedQueue<>();
    private final CodecPool<FakeCodec> pool = new CodecPool<>(2, this::make);

    private FakeCodec make(int slot) {
        FakeCodec codec = new FakeCodec(slot);
        made.add(codec);
        return codec;
    }

    @Test
    void nothingIsMadeBeforeItIsNeeded() {
        assertEquals(0, made.size());
        assertEquals(0, pool.size());
    }

    @Test
    void whatIsAtHandIsTakenFirst() {
        FakeCodec first = pool.borrowAny();
        pool.giveBack(first);
        assertSame(first, pool.borrowAny());
        assertEquals(1, made.size());
    }

    @Test
    void theLastCodecIsTakenAgainUnlessSomebodyElseHadIt() {
        FakeCodec mine = pool.borrow(null, 0);
        long loans = mine.loans();
        pool.giveBack(mine);
        FakeCodec others = pool.borrow(null, 0);
        assertNotSame(mine, others, "an empty slot is taken before what belongs to another");
        pool.giveBack(others);

        assertSame(mine, pool.borrow(mine, loans));
        assertEquals(loans + 1, mine.loans());
        pool.giveBack(mine);

        FakeCodec stolen = pool.borrowAny();
        assertSame(mine, stolen);
        pool.giveBack(stolen);
        assertEquals(loans + 2, mine.loans(), "the owner can tell that it was lent to another");
    }

    @Test
    @DisplayName("R-90 codecs beyond the capacity are ended after use")
    void thePoolIsBounded() {
        FakeCodec a = pool.borrowAny();
        FakeCodec b = pool.borrow(null, 0);
        FakeCodec c = pool.borrow(null, 0);
        FakeCodec d = pool.borrowAny();
        assertEquals(2, pool.lent());
        assertEquals(2, pool.size());
        assertFalse(c.isPooled());
        pool.giveBack(c);
        pool.giveBack(d);
        assertTrue(c.ended && d.ended);
        pool.giveBack(a);
        pool.giveBack(b);
        assertFalse(a.ended || b.ended);
        assertEquals(2, pool.size());
        assertEquals(0, pool.lent());
    }

    @Test
    void withoutAnEmptySlotOthersAreRobbedInTurn() {
        FakeCodec a = pool.borrowAny();
        FakeCodec b = pool.borrowAny();
        FakeCodec beyond = pool.borrow(null, 0);
        pool.giveBack(a);
        pool.giveBack(b);
        pool.giveBack(beyond);
        FakeCodec first = pool.borrow(beyond, beyond.loans());
        assertTrue(first.isPooled(), "one that has ended is not to be had again");
        pool.giveBack(first);
        FakeCodec second = pool.borrow(null, 0);
        assertNotSame(first, second);
        FakeCodec third = pool.borrow(null, 0);
        assertSame(first, third, "of the two only this one is idle");
        assertEquals(3, made.size());
    }

    @Test
    @DisplayName("R-90 R-95 a codec for which there was no memory takes no place in the pool")
    void aCodecThatCouldNotBeMadeTakesNoPlace() {
        AtomicInteger failures = new AtomicInteger(3);
        CodecPool<FakeCodec> scarce = new CodecPool<>(2, slot -> {
            if (failures.getAndDecrement() > 0) {
                throw new OutOfMemoryError("on purpose");
            }
            return make(slot);
        });
        for (int i = 0; i < 3; i++) {
            assertThrows(OutOfMemoryError.class, i == 1 ? () -> scarce.borrow(null, 0) : scarce::borrowAny);
            assertEquals(0, scarce.size());
        }
        assertTrue(scarce.borrowAny().isPooled());
        assertTrue(scarce.borrowAny().isPooled());
        failures.set(1);
        assertThrows(OutOfMemoryError.class, scarce::borrowAny);
        assertEquals(2, scarce.lent());
        assertFalse(scarce.borrowAny().isPooled());
    }

    @Test
    void drainingEndsWhatIsIdleAndServesOn() {
        FakeCodec lent = pool.borrowAny();
        FakeCodec idle = pool.borrowAny();
        pool.giveBack(idle);
        pool.drain();
        assertTrue(idle.ended);
        assertFalse(lent.ended);
        assertNotSame(idle, pool.borrow(idle, idle.loans()));
        pool.giveBack(lent);
        assertFalse(lent.ended);
    }

    @Test
    void afterCloseNothingIsKept() {
        FakeCodec lent = pool.borrowAny();
        pool.close();
        assertFalse(lent.ended, "who has borrowed may finish");
        pool.giveBack(lent);
        assertTrue(lent.ended);
        FakeCodec late = pool.borrow(lent, lent.loans());
        pool.giveBack(late);
        assertTrue(late.ended);
        assertEquals(0, pool.size());
    }

    @Test
    void noCodecIsEverUsedByTwoOrAfterItsEnd() throws Exception {
        int threads = 4;
        AtomicInteger wrong = new AtomicInteger();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                Random random = new Random(thread);
                futures.add(executor.submit(() -> {
                    FakeCodec last = null;
                    long loans = 0;
                    for (int i = 0; i < 20_000; i++) {
                        FakeCodec codec = random.nextBoolean() ? pool.borrowAny() : pool.borrow(last, loans);
                        if (codec.ended || codec.users.incrementAndGet() != 1) {
                            wrong.incrementAndGet();
                        }
                        last = codec;
                        loans = codec.loans();
                        codec.users.decrementAndGet();
                        pool.giveBack(codec);
                        if (random.nextInt(50) == 0) {
                            pool.drain();
                        }
                    }
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } finally {
            executor.shutdown();
        }
        assertEquals(0, wrong.get());
        assertEquals(0, pool.lent());
        pool.close();
        assertTrue(made.stream().allMatch(codec -> codec.ended), "every codec that was made was ended");
    }

    private static final class FakeCodec extends PooledCodec {
        private final AtomicInteger users = new AtomicInteger();
        private volatile boolean ended;

        FakeCodec(int slot) {
            super(slot);
        }

        @Override
        void end() {
            ended = true;
        }
    }
}

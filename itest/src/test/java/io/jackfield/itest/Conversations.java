package io.jackfield.itest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Many conversations at once, in rounds, by some threads of which each has its share, until they are told to stop. */
final class Conversations implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final List<NumberedConversation> all;
    private final int threads;
    private final ExecutorService executor;
    private final List<Future<?>> shares = new ArrayList<>();
    private volatile CountDownLatch roundsLeft = new CountDownLatch(0);
    private volatile boolean stopping;

    private Conversations(List<NumberedConversation> all, int threads) {
        this.all = all;
        this.threads = threads;
        executor = Executors.newFixedThreadPool(threads);
    }

    static Conversations start(List<NumberedConversation> all, int threads) {
        Conversations conversations = new Conversations(all, threads);
        for (int share = 0; share < threads; share++) {
            int first = share;
            conversations.shares.add(conversations.executor.submit(() -> conversations.talk(first)));
        }
        return conversations;
    }

    private void talk(int first) {
        while (!stopping) {
            for (int i = first; i < all.size(); i += threads) {
                all.get(i).talk();
            }
            roundsLeft.countDown();
        }
    }

    /** Waits until there were more rounds, by all threads taken together. */
    void awaitRounds(int rounds) throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(rounds * threads);
        roundsLeft = latch;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!latch.await(10, TimeUnit.MILLISECONDS)) {
            shares.stream().filter(Future::isDone).forEach(Conversations::requireSuccess);
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Not yet " + rounds + " rounds after " + PATIENCE_SECONDS + " s");
            }
        }
    }

    /** Ends the round that is under way. */
    @Override
    public void close() {
        stopping = true;
        executor.shutdown();
        shares.forEach(Conversations::requireSuccess);
    }

    private static void requireSuccess(Future<?> share) {
        try {
            share.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

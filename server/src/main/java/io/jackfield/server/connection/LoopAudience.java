package io.jackfield.server.connection;

import io.jackfield.api.PreparedMessage;
import io.jackfield.api.Topic;
import io.jackfield.api.WebSocket;
import io.jackfield.server.loop.EventLoop;
import io.jackfield.server.loop.Flushable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The subscribers of one topic on one loop. What is published in a turn is sent at its end, in one pass over them; to one
 * that sends something of its own meanwhile, right before that.
 *
 * <p>It stays in the topic while somebody holds it: a subscription, or a call of {@code subscribe} on its way to the loop.
 */
final class LoopAudience implements Topic.Audience, Flushable {

    private static final Logger LOG = System.getLogger("io.jackfield.server");

    private static final Subscription[] NONE = {};
    private static final int SMALLEST = 4;

    /** For so many subscribers it pays to look for more messages before they are written to. */
    private static final int MANY = 32;

    private final Topic topic;
    private final EventLoop loop;

    // Any thread.
    private final AtomicInteger holds = new AtomicInteger(1);

    /** The bytes on their way to the loop. */
    private final AtomicLong handedOver = new AtomicLong();

    /** The most that may be on their way: what the subscriber with the largest buffer might hold. */
    private volatile long maxHandedOver;

    /** More than that was published, and the subscribers are about to be told. */
    private final AtomicBoolean overflowing = new AtomicBoolean();

    // The loop's own. The first of the places are taken; the order means nothing.
    private Subscription[] places = NONE;
    private int size;
    private final PublishedMessages published;
    private boolean flushAsked;
    private boolean passing;

    private LoopAudience(Topic topic, EventLoop loop, long maxHandedOver) {
        this.topic = topic;
        this.loop = loop;
        this.maxHandedOver = maxHandedOver;
        published = new PublishedMessages(loop.buffers());
    }

    /** The audience of a topic on a loop, held once more for the caller. Any thread may call it. */
    static LoopAudience hold(Topic topic, EventLoop loop, long maxBufferedAmount) {
        return (LoopAudience) topic.audience(
                other -> other instanceof LoopAudience here && here.loop == loop && here.tryHold(maxBufferedAmount),
                () -> new LoopAudience(topic, loop, maxBufferedAmount));
    }

    /** False if nobody holds it any more: then it has left the topic, or is about to. One thread at a time: the topic's lock. */
    private boolean tryHold(long maxBufferedAmount) {
        maxHandedOver = Math.max(maxHandedOver, maxBufferedAmount);
        return holds.updateAndGet(count -> count == 0 ? 0 : count + 1) > 0;
    }

    private void release() {
        if (holds.decrementAndGet() == 0) {
            topic.remove(this);
        }
    }

    boolean isOf(Topic other) {
        return topic == other;
    }

    @Override
    public int size() {
        return holds.get();
    }

    // -- coming and going: on the loop --------------------------------------------------------------------------------

    /** Takes a connection in, on behalf of somebody who holds this audience. */
    void enter(WebSocketSession session) {
        Subscription subscription = session.addSubscription(this);
        if (subscription == null) {
            release();
            return;
        }
        if (size == places.length) {
            places = Arrays.copyOf(places, Math.max(SMALLEST, size + (size >> 1)));
        }
        places[size] = subscription;
        subscription.place = size;
        subscription.received = published.end();
        size++;
    }

    /** Lets a connection out; what was published before is sent, as far as it still takes it. */
    void leave(Subscription subscription) {
        settle(subscription);
        size--;
        // A pass goes from the last place to the first: who moves here has had its turn.
        Subscription last = places[size];
        places[subscription.place] = last;
        last.place = subscription.place;
        places[size] = null;
        if (size < places.length / 4) {
            places = size == 0 ? NONE : Arrays.copyOf(places, Math.max(SMALLEST, places.length / 2));
        }
        release();
    }

    // -- publishing ---------------------------------------------------------------------------------------------------

    @Override
    public void publish(PreparedMessage message, WebSocket except) {
        if (loop.inLoop()) {
            add(message, except);
            return;
        }
        // An empty message counts as a byte: the limit would not hold for it otherwise.
        int length = Math.max(1, message.length());
        if (handedOver.addAndGet(length) > maxHandedOver) {
            handedOver.addAndGet(-length);
            overflow();
        } else {
            loop.execute(() -> {
                handedOver.addAndGet(-length);
                add(message, except);
            });
        }
    }

    /** The loop lags so far behind that each subscriber alone would have had too much to send. */
    private void overflow() {
        if (!overflowing.compareAndSet(false, true)) {
            return;
        }
        loop.execute(() -> {
            overflowing.set(false);
            flush();
            for (int i = size - 1; i >= 0; i--) {
                places[i].session.outgoing().overflowed();
            }
        });
    }

    private void add(PreparedMessage message, WebSocket except) {
        if (size == 0) {
            return;
        }
        // Who is in two topics gets the messages of both in their order.
        loop.gather(this);
        if (!published.isEmpty() && !published.fits(message)) {
            flush();
        }
        published.add(message, except);
        if (size >= MANY) {
            loop.lookForMore();
        }
        if (published.isFull()) {
            flush();
        }
        if (!published.isEmpty() && !flushAsked) {
            flushAsked = true;
            loop.flushLater(this);
        }
    }

    /** A pass over all subscribers. What listeners publish meanwhile has a pass of its own. */
    @Override
    public void flush() {
        flushAsked = false;
        if (passing) {
            return;
        }
        passing = true;
        try {
            while (!published.isEmpty()) {
                int end = published.end();
                published.gather(end);
                for (int i = size - 1; i >= 0; i--) {
                    // Listeners may make others leave.
                    if (i < size) {
                        deliver(places[i], end);
                    }
                }
                published.forget(end);
            }
        } finally {
            passing = false;
            loop.endGathering(this);
        }
    }

    private void deliver(Subscription subscription, int end) {
        int from = subscription.received;
        // Compared by their distance: numbers may overflow.
        if (end - from <= 0) {
            return;
        }
        subscription.received = end;
        WebSocketSession session = subscription.session;
        try {
            ByteBuffer together = published.together(from, end, session);
            if (together == null || !session.outgoing().sendTogether(together, end - from, published)) {
                session.outgoing().sendOneByOne(published, from, end);
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "A connection is given up", e);
            session.fail(e);
        }
    }

    /** Sends to one subscriber what the next pass would: it is about to send something of its own. */
    void settle(Subscription subscription) {
        int from = subscription.received;
        int end = published.end();
        if (from != end) {
            subscription.received = end;
            subscription.session.outgoing().queue(published, from, end);
        }
    }

    @Override
    public void onReady(int readyOps) {
        throw new IllegalStateException("An audience has no channel");
    }

    @Override
    public void onFailure(Throwable thrown) {
        LOG.log(Level.ERROR, "Messages of a topic are lost", thrown);
    }
}

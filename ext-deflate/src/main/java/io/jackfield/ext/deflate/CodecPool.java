package io.jackfield.ext.deflate;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntFunction;

/**
 * The codecs of one extension instance, borrowed by its sessions for the length of one message. Thread-safe, never
 * blocks.
 *
 * <p>A codec lives in one slot. Winning the change of a slot's state is owning what lies in it:
 *
 * <pre>
 *           make          give back
 *   EMPTY ────────► LENT ◄─────────► IDLE
 *     ▲                     lend      │ drain
 *     └───────────────────────────────┘
 * </pre>
 *
 * <p>When all slots are lent, a codec is made for one message and ended after it.
 */
final class CodecPool<C extends PooledCodec> {

    private static final int EMPTY = 0;
    private static final int IDLE = 1;
    private static final int LENT = 2;

    private static final int NO_SLOT = -1;

    private final IntFunction<C> factory;
    private final AtomicIntegerArray states;
    private final PooledCodec[] codecs;
    private final AtomicInteger nextVictim = new AtomicInteger();
    private volatile boolean closed;

    /** @param factory makes a codec for a slot, or for none if the number is negative */
    CodecPool(int capacity, IntFunction<C> factory) {
        this.factory = factory;
        this.states = new AtomicIntegerArray(capacity);
        this.codecs = new PooledCodec[capacity];
    }

    /** Takes whichever codec is at hand; for those who begin with a reset. */
    C borrowAny() {
        for (int slot = 0; slot < codecs.length; slot++) {
            if (states.get(slot) == IDLE && states.compareAndSet(slot, IDLE, LENT)) {
                return lend(slot);
            }
        }
        return make(emptySlot());
    }

    /**
     * Takes the codec that was used last if nobody has used it since, which {@link PooledCodec#loans()} tells.
     * Otherwise one that belongs to nobody, and if there is none, the one that was taken from others the longest time
     * ago.
     *
     * @param last may be null
     * @param loans the number of loans when it was given back
     */
    C borrow(C last, long loans) {
        if (last != null && last.isPooled() && last.loans() == loans && states.compareAndSet(last.slot(), IDLE, LENT)) {
            return lend(last.slot());
        }
        int empty = emptySlot();
        if (empty >= 0) {
            return make(empty);
        }
        int first = nextVictim.getAndIncrement();
        for (int i = 0; i < codecs.length; i++) {
            int slot = Math.floorMod(first + i, codecs.length);
            if (states.compareAndSet(slot, IDLE, LENT)) {
                return lend(slot);
            }
        }
        return make(NO_SLOT);
    }

    private int emptySlot() {
        if (!closed) {
            for (int slot = 0; slot < codecs.length; slot++) {
                if (states.get(slot) == EMPTY && states.compareAndSet(slot, EMPTY, LENT)) {
                    return slot;
                }
            }
        }
        return NO_SLOT;
    }

    private C make(int slot) {
        C codec;
        try {
            codec = factory.apply(slot);
        } catch (Throwable outOfMemory) {
            if (slot >= 0) {
                states.set(slot, EMPTY);
            }
            throw outOfMemory;
        }
        if (slot >= 0) {
            codecs[slot] = codec;
        }
        codec.countLoan();
        return codec;
    }

    @SuppressWarnings("unchecked") // Only make() puts codecs into slots.
    private C lend(int slot) {
        C codec = (C) codecs[slot];
        codec.countLoan();
        return codec;
    }

    void giveBack(C codec) {
        codec.output.release();
        if (!codec.isPooled()) {
            codec.end();
            return;
        }
        states.set(codec.slot(), IDLE);
        if (closed) {
            drain();
        }
    }

    /** Ends all codecs that are not lent. */
    void drain() {
        for (int slot = 0; slot < codecs.length; slot++) {
            if (states.compareAndSet(slot, IDLE, LENT)) {
                PooledCodec codec = codecs[slot];
                codecs[slot] = null;
                states.set(slot, EMPTY);
                codec.end();
            }
        }
    }

    /** Drains, and from now on keeps no codec. Those who still borrow are served. */
    void close() {
        closed = true;
        drain();
    }

    boolean isClosed() {
        return closed;
    }

    /** How many codecs are there, lent or idle: a snapshot. */
    int size() {
        return count(IDLE) + count(LENT);
    }

    /** How many codecs are lent: a snapshot. */
    int lent() {
        return count(LENT);
    }

    private int count(int state) {
        int count = 0;
        for (int slot = 0; slot < codecs.length; slot++) {
            if (states.get(slot) == state) {
                count++;
            }
        }
        return count;
    }
}

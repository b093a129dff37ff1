package io.jackfield.ext.deflate;

/**
 * zlib's state for one direction, lent out for one message at a time. Whoever has borrowed it from its {@link
 * CodecPool} uses it alone.
 */
abstract class PooledCodec {

    final OutputBuffer output = new OutputBuffer();

    private final int slot;
    private volatile long loans;

    /** @param slot the place in the pool, or negative for a codec that ends after one use */
    PooledCodec(int slot) {
        this.slot = slot;
    }

    final int slot() {
        return slot;
    }

    /** False if the codec ends when it is given back. */
    final boolean isPooled() {
        return slot >= 0;
    }

    /** How often the codec was lent out: if it stays the same, nobody else has used the codec in between. */
    final long loans() {
        return loans;
    }

    /** Called by the pool, while nobody else can have the codec. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    final void countLoan() {
        loans = loans + 1;
    }

    /** Frees the native memory. */
    abstract void end();
}

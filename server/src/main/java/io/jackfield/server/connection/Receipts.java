package io.jackfield.server.connection;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * Completes the stages of {@code sendAsync}: when the message's last byte, which is known once it was encoded, has been
 * handed to the transport. Used on the loop's thread alone.
 */
final class Receipts {

    /** A stage, and what it waits for: first the number of its message, then the offset of the message's end. */
    private record Receipt(long awaited, CompletableFuture<Void> stage) {}

    private final ArrayDeque<Receipt> notEncoded = new ArrayDeque<>();
    private final ArrayDeque<Receipt> notWritten = new ArrayDeque<>();

    /** Expects the message that has this number among all that were sent. */
    void expect(long message, CompletableFuture<Void> stage) {
        notEncoded.add(new Receipt(message, stage));
    }

    /** Expects what was appended to the output last, which ends at this offset. */
    void expectWritten(long endOffset, CompletableFuture<Void> stage) {
        notWritten.add(new Receipt(endOffset, stage));
    }

    /** The message with this number ends at this offset of all output. */
    void encoded(long message, long endOffset) {
        if (!notEncoded.isEmpty() && notEncoded.peek().awaited == message) {
            notWritten.add(new Receipt(endOffset, notEncoded.poll().stage));
        }
    }

    /** All output up to this offset was handed over. */
    void written(long offset) {
        while (!notWritten.isEmpty() && notWritten.peek().awaited <= offset) {
            notWritten.poll().stage.complete(null);
        }
    }

    /** The connection ended: what was not handed over will not be. */
    void fail(Exception failure) {
        fail(notWritten, failure);
        fail(notEncoded, failure);
    }

    private static void fail(ArrayDeque<Receipt> receipts, Exception failure) {
        while (!receipts.isEmpty()) {
            receipts.poll().stage.completeExceptionally(failure);
        }
    }
}

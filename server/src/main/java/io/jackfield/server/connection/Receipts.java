package io.jackfield.server.connection;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * Completes the stages of {@code sendAsync}: when the message's last byte, which is known once it was encoded, has been
 * handed to the transport. Used on the loop's thread alone.
 */
final class Receipts {

    private static final long NOT_ENCODED = Long.MAX_VALUE;

    private static final class Receipt {
        final long message;
        final CompletableFuture<Void> stage;
        long endOffset = NOT_ENCODED;

        Receipt(long message, CompletableFuture<Void> stage) {
            this.message = message;
            this.stage = stage;
        }
    }

    private final ArrayDeque<Receipt> receipts = new ArrayDeque<>();

    /** Expects the message that has this number among all that were sent. */
    void expect(long message, CompletableFuture<Void> stage) {
        receipts.add(new Receipt(message, stage));
    }

    /** The message with this number ends at this offset of all output. */
    void encoded(long message, long endOffset) {
        for (Receipt receipt : receipts) {
            if (receipt.message == message) {
                receipt.endOffset = endOffset;
                return;
            }
        }
    }

    /** All output up to this offset was handed over. */
    void written(long offset) {
        while (!receipts.isEmpty() && receipts.peek().endOffset <= offset) {
            receipts.poll().stage.complete(null);
        }
    }

    /** The connection ended: what was not handed over will not be. */
    void fail(Exception failure) {
        while (!receipts.isEmpty()) {
            receipts.poll().stage.completeExceptionally(failure);
        }
    }
}

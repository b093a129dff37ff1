package io.jackfield.server.stream;

import io.jackfield.api.stream.MessageWriter;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A message that the application sends in parts. Whoever makes one has claimed the right to it. */
final class PartWriter implements MessageWriter {

    private final StreamConnection connection;
    private final boolean isText;
    private volatile boolean hasEnded;

    PartWriter(StreamConnection connection, boolean isText) {
        this.connection = connection;
        this.isText = isText;
    }

    static PartWriter open(StreamConnection connection, boolean isText) {
        if (!connection.beginMessage()) {
            throw new IllegalStateException("Another message of this connection is being sent in parts");
        }
        return new PartWriter(connection, isText);
    }

    @Override
    public boolean write(ByteBuffer part) {
        requireOpen();
        return connection.sendPart(isText, part, false, null);
    }

    @Override
    public CompletionStage<Void> writeAsync(ByteBuffer part) {
        requireOpen();
        CompletableFuture<Void> receipt = new CompletableFuture<>();
        connection.sendPart(isText, part, false, receipt);
        return receipt.minimalCompletionStage();
    }

    @Override
    public boolean end(ByteBuffer lastPart) {
        requireOpen();
        boolean mayGoOn = connection.sendPart(isText, lastPart, true, null);
        ended();
        return mayGoOn;
    }

    @Override
    public CompletionStage<Void> endAsync(ByteBuffer lastPart) {
        requireOpen();
        CompletableFuture<Void> receipt = new CompletableFuture<>();
        connection.sendPart(isText, lastPart, true, receipt);
        ended();
        return receipt.minimalCompletionStage();
    }

    private void requireOpen() {
        if (hasEnded) {
            throw new IllegalStateException("The message has ended");
        }
    }

    private void ended() {
        hasEnded = true;
        connection.endMessage();
    }
}

package io.jackfield.ext.deflate;

import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.MessageHeader;
import io.jackfield.api.extension.PartTransformer;
import io.jackfield.api.extension.SharedMessage;
import io.jackfield.api.extension.StreamingSession;
import java.nio.ByteBuffer;

/** permessage-deflate on one connection. Holds nothing before the first message, then the two windows. */
final class DeflateSession implements StreamingSession {

    private final Codecs codecs;
    private final Compressor compressor;
    private final Decompressor decompressor;
    private boolean entered;

    DeflateSession(Agreement agreement, DeflateOptions options, ExtensionContext context, Codecs codecs) {
        this.codecs = codecs;
        this.compressor = new Compressor(codecs.deflaters(), agreement.outgoing(), options);
        this.decompressor = new Decompressor(codecs.inflaters(), agreement.incoming(), context.maxMessageLength());
    }

    @Override
    public ExtensionMessage incoming(ExtensionMessage message) throws ExtensionException {
        if (!message.rsv1()) {
            return message;
        }
        enter();
        ByteBuffer payload = decompressor.decompress(message.payload());
        return new ExtensionMessage(message.type(), false, message.rsv2(), message.rsv3(), payload);
    }

    @Override
    public ExtensionMessage outgoing(ExtensionMessage message) {
        enter();
        ByteBuffer payload = compressor.compress(message.payload());
        return payload == null
                ? message
                : new ExtensionMessage(message.type(), true, message.rsv2(), message.rsv3(), payload);
    }

    @Override
    public SharedMessage outgoingShared(SharedMessage message) throws ExtensionException {
        enter();
        return compressor.compressShared(message, codecs);
    }

    @Override
    public PartTransformer incomingParts(MessageHeader header) {
        if (!header.rsv1()) {
            return PartTransformer.unchanged(header);
        }
        enter();
        return new InflatingParts(header, decompressor);
    }

    @Override
    public PartTransformer outgoingParts(MessageHeader header) {
        enter();
        return new DeflatingParts(header, compressor);
    }

    private void enter() {
        if (!entered) {
            entered = true;
            codecs.enter();
        }
    }

    /** The bytes of memory that the connection holds beyond this object. */
    int memory() {
        return compressor.window().memory() + decompressor.window().memory();
    }

    @Override
    public void close() {
        compressor.close();
        decompressor.close();
        if (entered) {
            entered = false;
            codecs.leave();
        }
    }
}

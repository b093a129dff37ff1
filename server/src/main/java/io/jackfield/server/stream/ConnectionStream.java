package io.jackfield.server.stream;

import io.jackfield.api.WebSocket;
import io.jackfield.api.stream.Message;
import io.jackfield.api.stream.MessagePart;
import io.jackfield.api.stream.MessageWriter;
import io.jackfield.api.stream.WebSocketStream;
import java.util.Objects;
import java.util.concurrent.Flow;

/** A connection as publishers and subscribers. Thread-safe; it holds nothing itself. */
public final class ConnectionStream implements WebSocketStream {

    private final StreamConnection connection;

    /**
     * The streams of a connection.
     *
     * @param connection the connection
     */
    public ConnectionStream(StreamConnection connection) {
        this.connection = connection;
    }

    @Override
    public WebSocket socket() {
        return connection.socket();
    }

    @Override
    public Flow.Publisher<Message> messages() {
        return subscriber -> new MessageReading(connection, Objects.requireNonNull(subscriber, "subscriber")).begin();
    }

    @Override
    public Flow.Publisher<MessagePart> parts() {
        return subscriber -> new PartReading(connection, Objects.requireNonNull(subscriber, "subscriber")).begin();
    }

    @Override
    public Flow.Subscriber<Message> messageSubscriber() {
        return new MessageWriting(connection);
    }

    @Override
    public Flow.Subscriber<MessagePart> partSubscriber() {
        return new PartWriting(connection);
    }

    @Override
    public MessageWriter openText() {
        return PartWriter.open(connection, true);
    }

    @Override
    public MessageWriter openBinary() {
        return PartWriter.open(connection, false);
    }
}

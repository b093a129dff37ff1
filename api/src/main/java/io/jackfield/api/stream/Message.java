package io.jackfield.api.stream;

import io.jackfield.api.Event;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A whole message, received or to be sent. */
public sealed interface Message {

    /**
     * A text message.
     *
     * @param data the text, not null; where it is sent, an unpaired surrogate becomes U+FFFD
     */
    record Text(String data) implements Message {

        /** Checks that nothing is null. */
        public Text {
            Objects.requireNonNull(data, "data");
        }
    }

    /**
     * A binary message.
     *
     * @param data the bytes from position to limit, not null, not copied: of a received message the receiver's own
     */
    record Binary(ByteBuffer data) implements Message {

        /** Checks that nothing is null. */
        public Binary {
            Objects.requireNonNull(data, "data");
        }
    }

    /**
     * A text message.
     *
     * @param data the text, not null
     * @return the message
     */
    static Message of(CharSequence data) {
        return new Text(data.toString());
    }

    /**
     * A binary message.
     *
     * @param data the bytes from position to limit, not null, not copied
     * @return the message
     */
    static Message of(ByteBuffer data) {
        return new Binary(data);
    }

    /**
     * What an event of a message carries.
     *
     * @param event the event, not null
     * @return the message, its data not copied
     */
    static Message of(Event.Message event) {
        return event instanceof Event.Text text ? of(text.data()) : of(((Event.Binary) event).data());
    }
}

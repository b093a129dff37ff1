package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicTest {

    private final Topic topic = new Topic();

    /** Writes down what it is told to send. */
    private static final class Recording implements Topic.Audience {
        final List<String> published = new ArrayList<>();
        final int size;

        Recording(int size) {
            this.size = size;
        }

        @Override
        public void publish(PreparedMessage message, WebSocket except) {
            published.add((message.isText() ? "text " : "binary ") + message.length() + (except == null ? "" : " but"));
        }

        @Override
        public int size() {
            return size;
        }
    }

    private Recording add(int size) {
        return (Recording) topic.audience(other -> false, () -> new Recording(size));
    }

    @Test
    void publishingReachesEachAudience() {
        Recording first = add(1);
        Recording second = add(2);
        byte[] bytes = {1, 2, 3};
        topic.publish("\u20ac");
        topic.publish(ByteBuffer.wrap(bytes).position(1));
        topic.publish(PreparedMessage.text(""));
        topic.publish(PreparedMessage.text("12345"), new RecordingWebSocket());
        List<String> expected = List.of("text 3", "binary 2", "text 0", "text 5 but");
        assertEquals(expected, first.published);
        assertEquals(expected, second.published);
        assertEquals(3, topic.size());
    }

    @Test
    void anAudienceIsFoundAgain() {
        Recording first = add(1);
        Recording second = add(2);
        assertSame(second, topic.audience(other -> other == second, () -> new Recording(9)));
        assertNotSame(first, second);
        assertEquals(3, topic.size());
    }

    @Test
    void anAudienceThatWasRemovedGetsNothing() {
        Recording gone = add(1);
        Recording stays = add(2);
        topic.remove(gone);
        topic.remove(gone);
        topic.publish("1");
        topic.remove(stays);
        topic.publish("2");
        assertEquals(List.of(), gone.published);
        assertEquals(List.of("text 1"), stays.published);
        assertEquals(0, topic.size());
    }

    @Test
    void nullIsRefusedAlsoWithoutSubscribers() {
        assertThrows(NullPointerException.class, () -> topic.publish((CharSequence) null));
        assertThrows(NullPointerException.class, () -> topic.publish((ByteBuffer) null));
        assertThrows(NullPointerException.class, () -> topic.publish((PreparedMessage) null));
        assertThrows(NullPointerException.class, () -> topic.audience(other -> false, () -> null));
    }
}

package io.jackfield.dist.demo.chat;

import io.jackfield.api.PreparedMessage;
import io.jackfield.api.Topic;
import io.jackfield.api.WebSocket;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The people in a chat, and what was said last. Thread-safe; all see everything in the same order. */
public final class ChatRoom {

    static final int MAX_NAME_LENGTH = 24;
    static final int MAX_TEXT_LENGTH = 1000;
    static final int HISTORY_LENGTH = 20;

    private final Clock clock;
    private final Topic topic = new Topic();
    private final Map<WebSocket, Person> people = new LinkedHashMap<>();
    private final Deque<Json.Value> history = new ArrayDeque<>();
    private long lastId;

    /**
     * An empty room.
     *
     * @param clock gives the time of messages
     */
    public ChatRoom(Clock clock) {
        this.clock = clock;
    }

    /** Lets somebody in, or changes the name of one who is in. */
    synchronized void join(WebSocket socket, String wantedName) {
        Person before = people.get(socket);
        String name = freeName(tidy(wantedName.replace('\n', ' '), MAX_NAME_LENGTH, "The name"), socket);
        Person person = new Person(before == null ? ++lastId : before.id(), name);
        people.put(socket, person);
        socket.subscribe(topic);
        if (before == null) {
            tellOthers(socket, change("joined", person));
        } else if (!before.equals(person)) {
            tellOthers(socket, change("renamed", person));
        }
        Json.Value welcome = Json.object(
                "type", "welcome",
                "id", person.id(),
                "name", person.name(),
                "people", peopleNow(),
                "messages", before == null ? List.copyOf(history) : List.of());
        socket.send(welcome.json());
    }

    /** Tells everybody what one of them says. */
    synchronized void say(WebSocket socket, String text) {
        Person person = people.get(socket);
        if (person == null) {
            throw new IllegalArgumentException("Join before you say something");
        }
        Json.Value message = Json.object(
                "type", "message",
                "id", person.id(),
                "name", person.name(),
                "text", tidy(text, MAX_TEXT_LENGTH, "The message"),
                "at", clock.millis());
        history.addLast(message);
        if (history.size() > HISTORY_LENGTH) {
            history.removeFirst();
        }
        tellOthers(null, message);
    }

    /** Lets somebody out, if he was in. */
    synchronized void leave(WebSocket socket) {
        Person person = people.remove(socket);
        if (person != null) {
            tellOthers(socket, change("left", person));
        }
    }

    private void tellOthers(WebSocket except, Json.Value message) {
        topic.publish(PreparedMessage.text(message.json()), except);
    }

    private Json.Value change(String type, Person person) {
        return Json.object("type", type, "id", person.id(), "name", person.name(), "people", peopleNow());
    }

    private List<Json.Value> peopleNow() {
        List<Json.Value> now = new ArrayList<>();
        people.values().forEach(person -> now.add(Json.object("id", person.id(), "name", person.name())));
        return now;
    }

    private String freeName(String wanted, WebSocket socket) {
        String name = wanted;
        for (int number = 2; isTaken(name, socket); number++) {
            name = wanted + " " + number;
        }
        return name;
    }

    private boolean isTaken(String name, WebSocket socket) {
        return people.entrySet().stream()
                .anyMatch(entry ->
                        entry.getKey() != socket && entry.getValue().name().equalsIgnoreCase(name));
    }

    /** The text without what cannot be seen at its ends and without control characters. */
    private static String tidy(String text, int maxLength, String what) {
        StringBuilder tidy = new StringBuilder();
        text.strip()
                .codePoints()
                .filter(c -> !Character.isISOControl(c) || c == '\n')
                .forEach(tidy::appendCodePoint);
        int length = tidy.codePointCount(0, tidy.length());
        if (length == 0) {
            throw new IllegalArgumentException(what + " is empty");
        }
        if (length > maxLength) {
            throw new IllegalArgumentException(what + " is longer than " + maxLength + " characters");
        }
        return tidy.toString();
    }

    private record Person(long id, String name) {}
}

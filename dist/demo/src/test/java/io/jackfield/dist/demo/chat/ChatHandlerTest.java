package io.jackfield.dist.demo.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Request;
import io.jackfield.dist.demo.RecordingSocket;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatHandlerTest {

    private final ChatHandler handler =
            new ChatHandler(new ChatRoom(Clock.fixed(Instant.ofEpochMilli(1234), ZoneOffset.UTC)));

    @Test
    void whoJoinsIsWelcomedAndOthersAreTold() throws Exception {
        RecordingSocket ann = connect();
        join(ann, "Ann");
        assertEquals(
                sent("{'type':'welcome','id':1,'name':'Ann','people':[{'id':1,'name':'Ann'}],'messages':[]}"),
                ann.takeSent());
        RecordingSocket bob = connect();
        join(bob, "Bob");
        String people = "'people':[{'id':1,'name':'Ann'},{'id':2,'name':'Bob'}]";
        assertEquals(sent("{'type':'joined','id':2,'name':'Bob'," + people + "}"), ann.takeSent());
        assertEquals(sent("{'type':'welcome','id':2,'name':'Bob'," + people + ",'messages':[]}"), bob.takeSent());
    }

    @Test
    void aMessageGoesToAllWhoJoinedItsSenderToo() throws Exception {
        RecordingSocket ann = joined("Ann");
        RecordingSocket bob = joined("Bob");
        RecordingSocket silent = connect();
        ann.takeSent();
        say(bob, "Hello");
        List<String> expected = sent("{'type':'message','id':2,'name':'Bob','text':'Hello','at':1234}");
        assertEquals(expected, ann.takeSent());
        assertEquals(expected, bob.takeSent());
        assertEquals(List.of(), silent.takeSent());
    }

    @Test
    void whoLeavesIsGoneForTheOthers() throws Exception {
        RecordingSocket ann = joined("Ann");
        RecordingSocket bob = joined("Bob");
        ann.takeSent();
        bob.disconnect();
        assertEquals(
                sent("{'type':'left','id':2,'name':'Bob','people':[{'id':1,'name':'Ann'}]}"), ann.takeSent());
        connect().disconnect();
        assertEquals(List.of(), ann.takeSent());
    }

    @Test
    void aNameCanBeChanged() throws Exception {
        RecordingSocket ann = joined("Ann");
        RecordingSocket bob = joined("Bob");
        ann.takeSent();
        join(bob, "Bea");
        assertEquals(
                sent("{'type':'renamed','id':2,'name':'Bea','people':[{'id':1,'name':'Ann'},{'id':2,'name':'Bea'}]}"),
                ann.takeSent());
        join(bob, "Bea");
        assertEquals(List.of(), ann.takeSent());
    }

    @Test
    void aNameThatIsTakenGetsANumber() throws Exception {
        joined("Ann");
        RecordingSocket second = connect();
        join(second, " ann ");
        assertTrue(second.takeSent().get(0).contains("\"name\":\"ann 2\""));
    }

    @Test
    void onlyTheLastMessagesAreKeptForThoseWhoComeLater() throws Exception {
        RecordingSocket ann = joined("Ann");
        for (int number = 1; number <= ChatRoom.HISTORY_LENGTH + 2; number++) {
            say(ann, "message " + number + ".");
        }
        RecordingSocket bob = connect();
        join(bob, "Bob");
        String welcome = bob.takeSent().get(0);
        assertEquals(ChatRoom.HISTORY_LENGTH, welcome.split("\"type\":\"message\"", -1).length - 1);
        assertTrue(!welcome.contains("message 2.") && welcome.contains("message 3."), welcome);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "[]",
                "{'type':'dance'}",
                "{'type':'join'}",
                "{'type':'join','name':'   '}",
                "{'type':'join','name':'a name of twenty-five chars'}",
                "{'type':'message','text':'before I joined'}"
            })
    void whatMakesNoSenseIsAnsweredToItsSenderAlone(String message) throws Exception {
        RecordingSocket other = joined("Ann");
        RecordingSocket socket = connect();
        socket.receive(message.replace('\'', '"'));
        List<String> answers = socket.takeSent();
        assertEquals(1, answers.size());
        assertTrue(answers.get(0).startsWith("'{\"type\":\"problem\",\"text\":\""), answers.get(0));
        assertEquals(List.of(), other.takeSent());
    }

    @Test
    void bytesAreNoChat() throws Exception {
        RecordingSocket socket = connect();
        socket.receive((byte) 1);
        assertEquals(sent("{'type':'problem','text':'Chat messages are text'}"), socket.takeSent());
    }

    @Test
    void aNameHasNoControlCharactersAndIsCountedInCodePoints() throws Exception {
        RecordingSocket socket = connect();
        socket.receive("{\"type\":\"join\",\"name\":\"" + "\uD83D\uDD0C".repeat(23) + "\\u0007\\nx\"}");
        List<String> answers = socket.takeSent();
        assertTrue(answers.get(0).contains("problem"), answers.get(0));
        socket.receive("{\"type\":\"join\",\"name\":\"\\u0007" + "\uD83D\uDD0C".repeat(24) + "\"}");
        answers = socket.takeSent();
        assertTrue(answers.get(0).contains("\"name\":\"" + "\uD83D\uDD0C".repeat(24) + "\""), answers.get(0));
    }

    @Test
    void markupIsPassedOnAsTheTextThatItIs() throws Exception {
        RecordingSocket ann = joined("Ann");
        say(ann, "<b>\\\"\\\\</b>");
        assertEquals(
                sent("{'type':'message','id':1,'name':'Ann','text':'<b>\\\"\\\\</b>','at':1234}"), ann.takeSent());
    }

    private RecordingSocket connect() throws Exception {
        RecordingSocket socket = new RecordingSocket();
        handler.onConnection(socket, Request.builder("GET", "/chat").build());
        return socket.open();
    }

    private RecordingSocket joined(String name) throws Exception {
        RecordingSocket socket = connect();
        join(socket, name);
        socket.takeSent();
        return socket;
    }

    private static void join(RecordingSocket socket, String name) throws Exception {
        socket.receive("{\"type\":\"join\",\"name\":\"" + name + "\"}");
    }

    private static void say(RecordingSocket socket, String text) throws Exception {
        socket.receive("{\"type\":\"message\",\"text\":\"" + text + "\"}");
    }

    /** What the socket records for JSON that is written with single quotes here. */
    private static List<String> sent(String json) {
        return List.of("'" + json.replace('\'', '"') + "'");
    }
}

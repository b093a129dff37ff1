package io.jackfield.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.codec.TestExtensions.Appending;
import io.jackfield.codec.TestExtensions.Controlled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Sessions that answer in whatever order they like: the messages and the close frame keep theirs. */
class PipelinePropertiesTest {

    private static final int TRIES = 2000;

    /** One thing that happens; the number says to which session, or message. */
    record Step(What what, int number) {}

    enum What {
        RECEIVE,
        SEND,
        FINISH,
        RUN_TASKS,
        FAIL,
        CLOSE,
        PEER_CLOSES,
        INPUT_ENDS
    }

    /** Extensions, the driver that has them, and what went through it. */
    private static final class World {

        final List<Controlled> deferred = new ArrayList<>();
        final List<Appending> immediate = new ArrayList<>();
        final DriverProbe probe;
        final String incomingMarks;
        final String outgoingMarks;
        int received;
        int sent;
        boolean failed;
        boolean peerClosed;
        boolean inputEnded;

        World(List<Boolean> isDeferred) {
            List<ActiveExtension> extensions = new ArrayList<>();
            StringBuilder in = new StringBuilder();
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < isDeferred.size(); i++) {
                String mark = String.valueOf((char) ('a' + i));
                if (isDeferred.get(i)) {
                    Controlled session = new Controlled(mark);
                    deferred.add(session);
                    extensions.add(TestExtensions.plain(mark, session));
                } else {
                    Appending session = new Appending(mark);
                    immediate.add(session);
                    extensions.add(TestExtensions.plain(mark, session));
                }
                in.insert(0, "<" + mark);
                out.append('>').append(mark);
            }
            incomingMarks = in.toString();
            outgoingMarks = out.toString();
            probe = DriverProbe.server(extensions.toArray(ActiveExtension[]::new));
        }

        void take(Step step) {
            switch (step.what()) {
                case RECEIVE -> {
                    if (!peerClosed && !inputEnded) {
                        probe.receive(TestFrame.text("in" + received++));
                    }
                }
                case SEND -> {
                    if (probe.driver.sendText("out" + sent)) {
                        sent++;
                    }
                }
                case FINISH -> {
                    Controlled session = deferred.isEmpty() ? null : deferred.get(step.number() % deferred.size());
                    if (session != null && !session.work.isEmpty()) {
                        session.finish(step.number() % session.work.size());
                    }
                }
                case RUN_TASKS -> probe.runTasks();
                case FAIL -> {
                    Controlled session = deferred.isEmpty() ? null : deferred.get(step.number() % deferred.size());
                    if (session != null && !session.work.isEmpty()) {
                        failed = true;
                        session.fail(step.number() % session.work.size(), new IllegalStateException("on purpose"));
                    }
                }
                case CLOSE -> probe.driver.close(4000, "bye");
                case PEER_CLOSES -> {
                    if (!peerClosed && !inputEnded) {
                        peerClosed = true;
                        probe.receive(TestFrame.close("0bb8"));
                    }
                }
                case INPUT_ENDS -> {
                    inputEnded = true;
                    probe.driver.inputEnded();
                }
            }
        }

        /** Lets everything that is under way come to its end, the last first. */
        void settle() {
            boolean more = true;
            while (more) {
                probe.runTasks();
                more = false;
                for (Controlled session : deferred) {
                    if (!session.work.isEmpty()) {
                        session.finish(session.work.size() - 1);
                        more = true;
                    }
                }
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<What> what = Arbitraries.frequency(
                Tuple.of(6, What.RECEIVE),
                Tuple.of(6, What.SEND),
                Tuple.of(10, What.FINISH),
                Tuple.of(6, What.RUN_TASKS),
                Tuple.of(1, What.CLOSE),
                Tuple.of(1, What.PEER_CLOSES),
                Tuple.of(1, What.INPUT_ENDS),
                Tuple.of(1, What.FAIL));
        return Combinators.combine(what, Arbitraries.integers().between(0, 9))
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    @Label(
            "S-184 to S-193: messages and the close frame keep their order, and each session is closed once, when it is idle")
    void orderHoldsAndSessionsCloseOnce(
            @ForAll @Size(min = 1, max = 3) List<Boolean> isDeferred, @ForAll @From("steps") List<Step> steps) {
        World world = new World(isDeferred);
        steps.forEach(world::take);
        world.settle();
        boolean wasOpen = world.probe.driver.state() == Driver.State.OPEN;
        if (wasOpen) {
            // Nobody has closed: all has passed.
            assertEquals(world.received, texts(world).size());
            world.take(new Step(What.CLOSE, 0));
        }
        world.take(new Step(What.PEER_CLOSES, 0));
        world.take(new Step(What.INPUT_ENDS, 0));
        world.settle();
        assertEquals(Driver.State.CLOSED, world.probe.driver.state());
        List<String> events = List.copyOf(world.probe.listener.events);
        for (int i = 0; i < texts(world).size(); i++) {
            assertEquals("text in" + i + world.incomingMarks, texts(world).get(i));
        }
        checkSent(world);
        assertEquals(1, events.stream().filter(e -> e.startsWith("finished ")).count(), events::toString);
        long exceptions =
                events.stream().filter(e -> e.startsWith("exception ")).count();
        assertTrue(world.failed || exceptions == 0, events::toString);
        world.deferred.forEach(session -> assertEquals(1, session.closed));
        world.immediate.forEach(session -> assertEquals(1, session.closed));
    }

    private static List<String> texts(World world) {
        return world.probe.listener.events.stream()
                .filter(e -> e.startsWith("text "))
                .toList();
    }

    /** The messages in their order, all of them unless something failed, and the close frame behind them. */
    private static void checkSent(World world) {
        ByteBuffer sent = ByteBuffer.wrap(world.probe.output.take());
        int messages = 0;
        boolean closed = false;
        while (sent.hasRemaining()) {
            int b0 = sent.get() & 0xff;
            byte[] payload = new byte[sent.get()];
            sent.get(payload);
            assertTrue(!closed, "a frame behind the close frame");
            if (b0 == 0x88) {
                closed = true;
            } else {
                assertEquals(0x81, b0);
                String text = new String(payload, StandardCharsets.UTF_8);
                assertEquals("out" + messages + world.outgoingMarks, text);
                messages++;
            }
        }
        boolean cutOff = world.inputEnded || world.failed;
        assertTrue(messages == world.sent || cutOff, messages + " of " + world.sent + " messages left");
    }

    /** An extension message's payload is what the session before it made, whatever the session behind it does. */
    @Property(tries = 100)
    @Label("Sessions that keep payloads have their own")
    void keptPayloadsStay(@ForAll @Size(min = 1, max = 5) List<@StringLength(max = 9) String> sent) {
        Controlled session = new Controlled("a");
        DriverProbe probe = DriverProbe.server(TestExtensions.plain("a", session));
        for (String text : sent) {
            ByteBuffer payload = ByteBuffer.wrap(Bytes.utf8(text));
            probe.driver.send(ExtensionMessage.Type.BINARY, payload);
            while (payload.hasRemaining()) {
                payload.put((byte) 'x');
            }
        }
        for (int i = 0; i < sent.size(); i++) {
            assertEquals(
                    new String(Bytes.utf8(sent.get(i)), StandardCharsets.UTF_8),
                    session.work.get(i).text());
        }
    }
}

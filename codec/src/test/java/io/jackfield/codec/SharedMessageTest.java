package io.jackfield.codec;

import static io.jackfield.codec.TestExtensions.extension;
import static io.jackfield.codec.TestExtensions.plain;
import static io.jackfield.codec.TestExtensions.rsv1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jackfield.api.PreparedMessage;
import io.jackfield.api.extension.DeferredSession;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ImmediateSession;
import io.jackfield.api.extension.SharedMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Messages that go to many connections, through sessions that share and others. */
class SharedMessageTest {

    private final PreparedMessage message = PreparedMessage.text("out");

    /** Appends a mark, once for all sessions with the same mark. */
    private static final class Sharing extends TestExtensions.Appending {

        private static final class Count {
            int made;
        }

        private final String mark;
        private final Count count;
        final List<String> shared = new ArrayList<>();

        Sharing(String mark, Count count) {
            super(mark);
            this.mark = mark;
            this.count = count;
        }

        @Override
        public SharedMessage outgoingShared(SharedMessage original) throws ExtensionException {
            SharedMessage form = original.form(mark, made -> {
                count.made++;
                return TestExtensions.append(made, ">" + mark).withRsv1(true);
            });
            shared.add(Bytes.hex(form.frame()));
            return form;
        }
    }

    private static final class Watching implements ImmediateSession {
        int seen;

        @Override
        public ExtensionMessage outgoing(ExtensionMessage original) {
            seen += original.payload().remaining();
            return original;
        }
    }

    private final Sharing.Count count = new Sharing.Count();

    @Test
    @DisplayName("Sessions with the same key make a message once, and each connection sends it")
    void madeOnce() {
        for (int i = 0; i < 3; i++) {
            DriverProbe probe = DriverProbe.server(rsv1("a", new Sharing("a", count)));
            probe.driver.send(message);
            probe.expectSent("c1 05 6f75743e61").end();
            assertEquals(1, probe.output.takeMessages());
        }
        assertEquals(1, count.made);
    }

    @Test
    @DisplayName("Sessions one behind the other share forms of forms; one that only watches does not end the sharing")
    void sessionsInARow() {
        Watching watching = new Watching();
        for (int i = 0; i < 2; i++) {
            DriverProbe probe = DriverProbe.server(
                    rsv1("a", new Sharing("a", count)),
                    plain("w", watching),
                    extension("b", false, true, false, new ImmediateSession() {
                        @Override
                        public SharedMessage outgoingShared(SharedMessage original) throws ExtensionException {
                            return original.form("b", made -> {
                                count.made++;
                                return made.withRsv2(true);
                            });
                        }
                    }));
            probe.driver.send(message);
            probe.expectSent("e1 05 6f75743e61").end();
        }
        assertEquals(2, count.made);
        assertEquals(10, watching.seen);
    }

    @Test
    @DisplayName("A session that does not share gets the message as any other, and those behind it do too")
    void oneThatDoesNotShare() {
        Sharing behind = new Sharing("b", count);
        DriverProbe probe = DriverProbe.server(plain("a", new TestExtensions.Appending("a")), rsv1("b", behind));
        probe.driver.send(message);
        probe.expectSent("81 07 6f75743e613e62").end();
        assertEquals(0, count.made);
        assertEquals(List.of(), behind.shared);
    }

    @Test
    @DisplayName("A deferred session gets the message too, and order holds for what comes behind")
    void deferredSession() {
        List<CompletableFuture<ExtensionMessage>> stages = new ArrayList<>();
        List<ExtensionMessage> given = new ArrayList<>();
        DriverProbe probe = DriverProbe.server(rsv1("a", new Sharing("a", count)), plain("d", new DeferredSession() {
            @Override
            public CompletionStage<ExtensionMessage> incoming(ExtensionMessage original) {
                return CompletableFuture.completedFuture(original);
            }

            @Override
            public CompletionStage<ExtensionMessage> outgoing(ExtensionMessage original) {
                given.add(original);
                stages.add(new CompletableFuture<>());
                return stages.get(stages.size() - 1);
            }
        }));
        probe.driver.send(message);
        probe.driver.sendText("own");
        assertEquals(2, probe.driver.pendingOutgoing());
        stages.get(1).complete(given.get(1));
        stages.get(0).complete(given.get(0));
        probe.runTasks();
        probe.expectSent("c1 05 6f75743e61 81 05 6f776e3e61").end();
        assertEquals(0, probe.driver.pendingOutgoing());
    }

    @Test
    @DisplayName("A reserved bit that is not claimed is not sent in a shared message either")
    void unclaimedBit() {
        DriverProbe probe = DriverProbe.server(plain("a", new Sharing("a", count)));
        probe.driver.send(message);
        assertEquals(Driver.State.CLOSED, probe.driver.state());
        assertFalse(probe.driver.send(message));
        assertEquals(0, probe.output.takeMessages());
    }

    @Test
    @DisplayName("What a session throws fails its connection alone, with the code that it names")
    void failure() {
        DriverProbe probe = DriverProbe.server(plain("a", new ImmediateSession() {
            @Override
            public SharedMessage outgoingShared(SharedMessage original) throws ExtensionException {
                throw new ExtensionException(4001, "no", null);
            }
        }));
        probe.driver.send(message);
        probe.expectFailure(4001, "a: no");
        DriverProbe other = DriverProbe.server(rsv1("a", new Sharing("a", count)));
        other.driver.send(message);
        other.expectSent("c1 05 6f75743e61").end();
    }

    @Test
    @DisplayName("R-49: a client masks what others send unmasked")
    void client() {
        DriverProbe probe = DriverProbe.client();
        probe.driver.send(message);
        byte[] sent = probe.output.take();
        ByteBuffer frame = ByteBuffer.wrap(sent);
        assertEquals((byte) 0x81, frame.get());
        assertEquals((byte) 0x83, frame.get());
        assertEquals(9, sent.length);
    }
}

package io.jackfield.codec;

import static io.jackfield.codec.TestExtensions.plain;
import static io.jackfield.codec.TestFrame.binary;
import static io.jackfield.codec.TestFrame.close;
import static io.jackfield.codec.TestFrame.continuation;
import static io.jackfield.codec.TestFrame.frame;
import static io.jackfield.codec.TestFrame.ping;
import static io.jackfield.codec.TestFrame.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.extension.DeferredSession;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ImmediateSession;
import io.jackfield.codec.TestExtensions.Appending;
import io.jackfield.codec.TestExtensions.Controlled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extensions whose sessions answer later: order, failures and closing (SEMANTICS group O). */
class DeferredPipelineTest {

    private final Controlled session = new Controlled("a");

    private static String sentText(String text) {
        return Bytes.hex(text(text).unmasked().bytes());
    }

    // -- order --------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-185: a session works on several messages at once; the results keep the order of the input")
    void resultsKeepTheirOrder() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.receive(text("1"), text("2"), text("3"));
        assertEquals(3, session.work.size());
        assertEquals(3, probe.driver.pendingIncoming());
        session.finish(2);
        session.finish(1);
        probe.runTasks().end();
        session.finish(0);
        probe.runTasks().expect("text 1<a", "text 2<a", "text 3<a").end();
        assertEquals(0, probe.driver.pendingIncoming());

        probe.driver.sendText("1");
        probe.driver.sendText("2");
        assertEquals(2, probe.driver.pendingOutgoing());
        session.finish(1);
        session.finish(0);
        probe.runTasks().expectSent(sentText("1>a") + sentText("2>a")).end();
        assertEquals(0, probe.driver.pendingOutgoing());
        assertEquals(2, probe.output.takeMessages());
    }

    @Test
    @DisplayName("S-186: a message goes on as soon as it is done and those before it have left")
    void messagesGoOnAtOnce() {
        Controlled second = new Controlled("b");
        DriverProbe probe = DriverProbe.server(plain("a", session), plain("b", second));
        probe.driver.sendText("1");
        probe.driver.sendText("2");
        session.finish(0);
        probe.runTasks();
        assertEquals("1>a", second.work.get(0).text());
        assertEquals(1, session.work.size());
        session.finish(0);
        probe.runTasks();
        second.finish(1);
        probe.runTasks().end();
        second.finish(0);
        probe.runTasks().expectSent(sentText("1>a>b") + sentText("2>a>b")).end();
    }

    @Test
    @DisplayName("S-184 S-186: immediate sessions before and behind a deferred one")
    void immediateSessionsAround() {
        DriverProbe probe =
                DriverProbe.server(plain("x", new Appending("x")), plain("a", session), plain("y", new Appending("y")));
        probe.receive(text("1"), text("2"));
        probe.driver.sendText("3");
        session.finish(1);
        session.finish(1);
        session.finish(0);
        probe.runTasks()
                .expect("text 1<y<a<x", "text 2<y<a<x")
                .expectSent(sentText("3>x>a>y"))
                .end();
    }

    @Test
    @DisplayName("S-97: pings overtake messages that a session works on")
    void pingsOvertakeMessages() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.driver.sendText("1");
        probe.driver.ping(Bytes.buffer("07"));
        probe.expectSent("89 01 07");
        probe.receive(ping("08")).expect("ping 08").expectSent("8a 01 08");
        session.finish(0);
        probe.runTasks().expectSent(sentText("1>a")).end();
    }

    @Test
    @DisplayName("S-185: a stage that is complete when it is returned costs no hop to the owner")
    void completedStagesRunAtOnce() {
        DriverProbe probe = DriverProbe.server(plain("a", new DeferredSession() {
            @Override
            public CompletionStage<ExtensionMessage> incoming(ExtensionMessage message) {
                return CompletableFuture.completedStage(TestExtensions.append(message, "<"));
            }

            @Override
            public CompletionStage<ExtensionMessage> outgoing(ExtensionMessage message) {
                return CompletableFuture.completedStage(TestExtensions.append(message, ">"));
            }
        }));
        probe.receive(text("1")).expect("text 1<");
        probe.driver.sendText("2");
        probe.expectSent(sentText("2>")).end();
    }

    @Test
    @DisplayName("S-185: any thread may complete a stage; the driver goes on on its owner's thread alone")
    void completionOnAnotherThread() throws InterruptedException {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.receive(text("1"));
        Thread other = new Thread(() -> session.finish(0));
        other.start();
        other.join();
        assertEquals(0, probe.listener.events.size());
        assertEquals(1, probe.tasks.size());
        probe.runTasks().expect("text 1<a").end();
    }

    // -- payloads -----------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-197: a payload stays unchanged until its stage completes, wherever it came from")
    void payloadsAreStable() {
        // The immediate session passes on what lies in the input, the deferred one keeps it.
        DriverProbe probe = DriverProbe.server(plain("a", session), plain("id", new ImmediateSession() {}));
        ByteBuffer in = ByteBuffer.wrap(Bytes.concat(
                text("whole").bytes(),
                text("in ").notFinal().bytes(),
                continuation("7061727473").bytes()));
        probe.driver.receive(in);
        in.clear();
        while (in.hasRemaining()) {
            in.put((byte) 0);
        }
        ByteBuffer out = Bytes.buffer("6f7574");
        probe.driver.send(ExtensionMessage.Type.TEXT, out);
        out.put(0, (byte) 0);
        probe.driver.sendText("text 1");
        probe.driver.sendText("text 2");
        probe.receive(text("other ").notFinal(), continuation("7061727473"));
        List<String> kept = session.work.stream().map(TestExtensions.Work::text).toList();
        assertEquals(List.of("whole", "in parts", "out", "text 1", "text 2", "other parts"), kept);
        probe.driver.abort(null);
    }

    @Test
    @DisplayName("a payload that was assembled is handed over, not copied and not used again")
    void assembledPayloadIsHandedOver() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.receive(text("in ").notFinal(), continuation("7061727473"));
        assertEquals(0, probe.memory.keptBytes());
        assertEquals(256, session.work.get(0).input.payload().capacity());
        session.finish(0);
        probe.runTasks().expect("text in parts<a").end();
        assertEquals(0, probe.memory.keptBytes());
    }

    // -- failures -----------------------------------------------------------------------------------------------------

    private static void expectFailureSent(DriverProbe probe, int code, String message) {
        probe.expectSent(Bytes.hex(close(String.format("%04x", code) + Bytes.hex(Bytes.utf8(message)))
                .unmasked()
                .bytes()));
    }

    @Test
    @DisplayName("S-187 S-189: a failure waits for the messages before it; those behind it are dropped")
    void failureKeepsItsPlace() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.receive(text("1"), text("2"), text("3"));
        session.fail(1, new ExtensionException(1003, "bad", null));
        session.finish(1);
        probe.runTasks().end();
        assertEquals(Driver.State.OPEN, probe.driver.state());
        session.finish(0);
        probe.runTasks().expect("text 1<a").expectFailure(1003, "a: bad");
        assertEquals(1, session.closed);
    }

    @Test
    @DisplayName("S-187: a session that has failed gets no more messages of that direction")
    void failedSessionGetsNoMoreMessages() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.receive(text("1"), text("2"));
        session.fail(1, new ExtensionException("bad"));
        probe.runTasks().receive(text("3"));
        assertEquals(1, session.work.size());
        session.finish(0);
        probe.runTasks().expect("text 1<a").expectFailure(1011, "a: bad");
    }

    @Test
    @DisplayName("S-188: the other direction goes on until the failure has reached the driver")
    void otherDirectionGoesOn() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.receive(text("1"), text("2"));
        session.fail(1, new ExtensionException("bad"));
        probe.runTasks();
        assertTrue(probe.driver.sendText("3"));
        session.finish(1);
        probe.runTasks().expectSent(sentText("3>a"));
        session.finish(0);
        probe.runTasks().expect("text 1<a").expectFailure(1011, "a: bad");
    }

    @Test
    @DisplayName("S-187 S-189: a failure of an immediate session waits in the deferred ones behind it")
    void failureWaitsInLaterSessions() {
        ImmediateSession failsOnTwo = new ImmediateSession() {
            @Override
            public ExtensionMessage outgoing(ExtensionMessage message) throws ExtensionException {
                if (message.payload().get(message.payload().position()) == '2') {
                    throw new ExtensionException(1008, "no twos", null);
                }
                return message;
            }
        };
        DriverProbe probe = DriverProbe.server(plain("picky", failsOnTwo), plain("a", session));
        probe.driver.sendText("1");
        probe.driver.sendText("2");
        probe.driver.sendText("3");
        assertEquals(1, session.work.size());
        probe.end();
        session.finish(0);
        probe.runTasks()
                .expectSent(sentText("1>a")
                        + Bytes.hex(close("03f0" + Bytes.hex(Bytes.utf8("picky: no twos")))
                                .unmasked()
                                .bytes()));
        probe.expect("closing", "error picky: no twos", "finished 1008 \"picky: no twos\" unclean LOCAL sent 1008");
        probe.end();
        assertEquals(1, session.closed);
    }

    @Test
    @DisplayName(
            "S-190 (decision 4): CompletionExceptions are unwrapped; other exceptions, no stage and no message are 1011")
    void kindsOfFailure() {
        DriverProbe wrapped = DriverProbe.server(plain("a", session));
        wrapped.receive(text("1"));
        session.fail(0, new CompletionException(new CompletionException(new ExtensionException(1003, "in", null))));
        wrapped.runTasks().expectFailure(1003, "a: in");

        Controlled broken = new Controlled("b");
        DriverProbe runtime = DriverProbe.server(plain("b", broken));
        runtime.driver.sendText("1");
        broken.fail(0, new IllegalStateException("secret"));
        runtime.runTasks();
        expectFailureSent(runtime, 1011, "b: internal error");
        runtime.expect(
                "exception b java.lang.IllegalStateException: secret",
                "closing",
                "error b: java.lang.IllegalStateException: secret",
                "finished 1011 \"b: internal error\" unclean LOCAL sent 1011");

        Controlled empty = new Controlled("c");
        DriverProbe noMessage = DriverProbe.server(plain("c", empty));
        noMessage.receive(text("1"));
        empty.work.remove(0).stage.complete(null);
        noMessage.runTasks();
        expectFailureSent(noMessage, 1011, "c: internal error");
        noMessage.expect(
                "closing",
                "error c: the session answered with no message",
                "finished 1011 \"c: internal error\" unclean LOCAL sent 1011");

        DriverProbe noStage = DriverProbe.server(plain("d", new DeferredSession() {
            @Override
            public CompletionStage<ExtensionMessage> incoming(ExtensionMessage message) {
                return null;
            }

            @Override
            public CompletionStage<ExtensionMessage> outgoing(ExtensionMessage message) throws ExtensionException {
                throw new ExtensionException(1003, "at once", null);
            }
        }));
        noStage.driver.sendText("1");
        noStage.expectFailure(1003, "d: at once");
    }

    @Test
    @DisplayName("S-190: a session that returns no stage fails with 1011")
    void noStage() {
        DriverProbe probe = DriverProbe.server(plain("d", new DeferredSession() {
            @Override
            public CompletionStage<ExtensionMessage> incoming(ExtensionMessage message) {
                return null;
            }

            @Override
            public CompletionStage<ExtensionMessage> outgoing(ExtensionMessage message) {
                return null;
            }
        }));
        probe.receive(text("1"));
        expectFailureSent(probe, 1011, "d: internal error");
        probe.expect("closing", "error d: the session answered with no message");
        probe.expect("finished 1011 \"d: internal error\" unclean LOCAL sent 1011")
                .end();
    }

    @Test
    @DisplayName("S-130 S-193: a protocol error waits for the messages before it, in both directions")
    void protocolErrorWaits() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.driver.sendText("out");
        probe.receive(
                Bytes.concat(text("in").bytes(), frame(3).bytes(), text("late").bytes()));
        probe.end();
        session.finish(1);
        probe.runTasks().expect("text in<a", "closing").end();
        assertFalse(probe.driver.sendText("late"));
        // RFC 6455 section 7.1.7: nothing is looked at any more, not even a ping.
        probe.receive(TestFrame.ping("01"), TestFrame.close("03e8")).end();
        session.finish(0);
        probe.runTasks()
                .expectSent(sentText("out>a")
                        + Bytes.hex(close("03ea" + Bytes.hex(Bytes.utf8("Unrecognized frame opcode: 3")))
                                .unmasked()
                                .bytes()));
        probe.expect(
                "error Unrecognized frame opcode: 3",
                "finished 1002 \"Unrecognized frame opcode: 3\" unclean LOCAL sent 1002");
        probe.end();
        assertEquals(1, session.closed);
    }

    @Test
    @DisplayName("S-187: a failure in the extensions comes before a close frame that came behind it")
    void failureBeforeAPendingClose() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.receive(text("1"), close("03e8"));
        session.fail(0, new ExtensionException(1003, "bad", null));
        probe.runTasks().expectFailure(1003, "a: bad");
    }

    // -- closing ------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-194: messages before a close frame are delivered before it is acted on")
    void messagesBeforeACloseFrame() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.receive(text("1"), text("2"), close("03e8"), text("late"));
        probe.end();
        assertEquals(Driver.State.OPEN, probe.driver.state());
        session.finish(1);
        session.finish(0);
        probe.runTasks().expect("text 1<a", "text 2<a", "closing", "finished 1000 \"\" clean PEER sent 1000");
        probe.expectSent("88 02 03e8").end();
        assertEquals(1, session.closed);
    }

    @Test
    @DisplayName("S-193 S-106: the answer to a close frame leaves behind the messages sent before")
    void answerWaitsForOutgoingMessages() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.driver.sendText("out");
        probe.receive(close("03e9")).expect("closing").end();
        assertFalse(probe.driver.sendText("late"));
        assertEquals(0, session.closed);
        session.finish(0);
        probe.runTasks().expectSent(sentText("out>a") + "880203e9");
        probe.expect("finished 1001 \"\" clean PEER sent 1001").end();
        assertEquals(1, session.closed);
    }

    @Test
    @DisplayName("S-106 S-193: our close frame leaves behind the messages sent before, and none is taken behind it")
    void closeWaitsForOutgoingMessages() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.driver.sendText("1");
        probe.driver.sendText("2");
        assertTrue(probe.driver.close(3000, "x"));
        assertFalse(probe.driver.sendText("3"));
        session.finish(1);
        probe.runTasks().end();
        session.finish(0);
        probe.runTasks()
                .expectSent(sentText("1>a") + sentText("2>a") + "88030bb878")
                .end();
        assertEquals(1, session.closed);
        probe.receive(close("03e8"))
                .expect("finished 1000 \"\" clean LOCAL sent 3000")
                .end();
    }

    @Test
    @DisplayName("S-74 S-191 S-192: a local close drops what a session still decodes; it is closed when it is idle")
    void closeDropsIncomingMessages() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.receive(text("1"), text("2"));
        probe.driver.close(1000, "");
        probe.expectSent("88 02 03e8");
        assertEquals(0, probe.driver.pendingIncoming());
        session.finish(0);
        probe.runTasks();
        assertEquals(0, session.closed);
        session.finish(0);
        probe.runTasks().end();
        assertEquals(1, session.closed);
        probe.receive(close("03e8"))
                .expect("finished 1000 \"\" clean LOCAL sent 1000")
                .end();
    }

    @Test
    @DisplayName("S-191: a session is closed as soon as it is idle and no message is on the way to it")
    void sessionsAreClosedOneAfterTheOther() {
        Controlled second = new Controlled("b");
        Appending third = new Appending("c");
        DriverProbe probe = DriverProbe.server(plain("a", session), plain("b", second), plain("c", third));
        probe.driver.sendText("1");
        probe.driver.close(1000, "");
        assertEquals("0 0 0", session.closed + " " + second.closed + " " + third.closed);
        session.finish(0);
        probe.runTasks();
        assertEquals("1 0 0", session.closed + " " + second.closed + " " + third.closed);
        second.finish(0);
        probe.runTasks();
        assertEquals("1 1 1", session.closed + " " + second.closed + " " + third.closed);
        probe.expectSent(sentText("1>a>b>c") + "880203e8").end();
    }

    @Test
    @DisplayName("S-74: a close while the peer's close frame waits behind a message: the message is dropped")
    void closeWhileThePeersCloseWaits() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.receive(text("1"), close("03e9"));
        probe.driver.close(3000, "");
        probe.expectSent("88 02 0bb8").expect("finished 1001 \"\" clean LOCAL sent 3000");
        assertEquals(0, session.closed);
        session.finish(0);
        probe.runTasks().end();
        assertEquals(1, session.closed);
    }

    @Test
    @DisplayName("S-195: messages before the end of the input are delivered, then it is 1006")
    void messagesBeforeTheEndOfTheInput() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.receive(text("1"));
        probe.driver.inputEnded();
        probe.end();
        session.finish(0);
        probe.runTasks()
                .expect("text 1<a", "closing", "finished 1006 \"\" unclean NETWORK")
                .end();
        assertEquals(1, session.closed);
    }

    @Test
    @DisplayName("S-195 S-128: the end of the input behind a close frame changes nothing")
    void endOfTheInputBehindACloseFrame() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.receive(text("1"), close("03e8"));
        probe.driver.inputEnded();
        session.finish(0);
        probe.driver.sendText("2");
        probe.runTasks().expect("text 1<a", "closing");
        probe.driver.inputEnded();
        probe.end();
        session.finish(0);
        probe.runTasks().expectSent(sentText("2>a") + "880203e8");
        probe.expect("finished 1000 \"\" clean PEER sent 1000").end();
    }

    @Test
    @DisplayName("S-195 S-106: the end of the input after a close: what was sent before still leaves")
    void endOfTheInputAfterAClose() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.driver.sendText("1");
        probe.driver.close(1000, "");
        probe.driver.inputEnded();
        probe.end();
        session.finish(0);
        probe.runTasks().expectSent(sentText("1>a") + "880203e8");
        probe.expect("finished 1006 \"\" unclean LOCAL sent 1000").end();
    }

    @Test
    @DisplayName("S-113 S-193 (decision 5): a violation after a close still lets the close frame leave")
    void violationBeforeTheCloseFrameHasLeft() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.driver.sendText("1");
        probe.driver.close(1000, "");
        probe.receive(frame(3)).end();
        session.finish(0);
        probe.runTasks().expectSent(sentText("1>a") + "880203e8");
        probe.expect("finished 1006 \"\" unclean LOCAL sent 1000").end();
    }

    @Test
    @DisplayName("S-69 S-190: a message that is lost after a close is told to the peer, not as an error event")
    void outgoingFailureAfterAClose() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.driver.sendText("1");
        probe.driver.close(1000, "");
        session.fail(0, new ExtensionException("broken"));
        probe.runTasks();
        expectFailureSent(probe, 1011, "a: broken");
        probe.expect("finished 1011 \"a: broken\" unclean LOCAL sent 1011").end();
        assertEquals(1, session.closed);
    }

    @Test
    @DisplayName("S-193: a message that is lost after the peer's close does not keep the answer back")
    void outgoingFailureAfterThePeersClose() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.driver.sendText("1");
        probe.receive(close("03e8")).expect("closing");
        session.fail(0, new ExtensionException("broken"));
        probe.runTasks()
                .expectSent("880203e8")
                .expect("finished 1000 \"\" clean PEER sent 1000")
                .end();
    }

    @Test
    @DisplayName("S-193: a failure from outside waits for the messages sent before")
    void failFromOutsideWaits() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.driver.sendText("1");
        probe.receive(text("dropped"));
        probe.driver.fail(1001, "away");
        probe.expect("closing").end();
        session.finish(1);
        session.finish(0);
        probe.runTasks().expectSent(sentText("1>a") + "880603e961776179");
        probe.expect("error away", "finished 1001 \"away\" unclean LOCAL sent 1001")
                .end();
    }

    @Test
    @DisplayName("S-130: a failure whose close frame still waits is reported if the connection is aborted")
    void abortWhileAFailureWaits() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.driver.sendText("1");
        probe.driver.fail(1001, "away");
        probe.driver.abort("reset");
        probe.expect("closing", "error away", "finished 1001 \"away\" unclean LOCAL")
                .end();
    }

    @Test
    @DisplayName("S-192: an abort finishes at once; sessions are closed when they become idle")
    void abortDropsEverything() {
        Controlled idle = new Controlled("b");
        DriverProbe probe = DriverProbe.server(plain("a", session), plain("b", idle));
        probe.driver.sendText("1");
        probe.receive(text("2"));
        idle.finish(0);
        probe.runTasks();
        probe.driver.abort(null);
        probe.expect("closing", "finished 1006 \"\" unclean NETWORK");
        assertEquals(0, session.closed);
        assertEquals(1, idle.closed);
        assertEquals(0, probe.driver.pendingIncoming() + probe.driver.pendingOutgoing());
        session.finish(0);
        session.finish(0);
        probe.runTasks().end();
        assertEquals(1, session.closed);
    }

    // -- sessions and listeners that misbehave ------------------------------------------------------------------------

    /** A stage that answers as often as it likes. */
    private static final class Repeating extends CompletableFuture<ExtensionMessage> {

        private BiConsumer<? super ExtensionMessage, ? super Throwable> action;

        @Override
        public CompletableFuture<ExtensionMessage> whenComplete(
                BiConsumer<? super ExtensionMessage, ? super Throwable> newAction) {
            action = newAction;
            return this;
        }
    }

    @Test
    @DisplayName("S-196: a second answer is ignored, also after the end")
    void secondAnswerIsIgnored() {
        List<Repeating> stages = new ArrayList<>();
        DriverProbe probe = DriverProbe.server(plain("a", new DeferredSession() {
            @Override
            public CompletionStage<ExtensionMessage> incoming(ExtensionMessage message) {
                stages.add(new Repeating());
                return stages.get(stages.size() - 1);
            }

            @Override
            public CompletionStage<ExtensionMessage> outgoing(ExtensionMessage message) {
                throw new AssertionError();
            }
        }));
        probe.receive(text("1"), text("2"));
        ExtensionMessage answer =
                new ExtensionMessage(ExtensionMessage.Type.TEXT, false, false, false, Bytes.buffer("41"));
        stages.get(0).action.accept(answer, null);
        stages.get(0).action.accept(answer, null);
        stages.get(0).action.accept(null, new IllegalStateException());
        probe.runTasks().expect("text A").end();
        stages.get(0).action.accept(answer, null);
        probe.runTasks().end();
        probe.driver.abort(null);
        probe.expect("closing", "finished 1006 \"\" unclean NETWORK");
        stages.get(1).action.accept(answer, null);
        stages.get(1).action.accept(answer, null);
        probe.runTasks().end();
    }

    @Test
    @DisplayName("S-76: a listener that throws does not leave the next messages waiting")
    void throwingListener() {
        DriverProbe probe = new DriverProbe(DriverProbe.SERVER, List.of(plain("a", session)), new RecordingListener() {
            @Override
            public void onText(String text) {
                super.onText(text);
                if (text.startsWith("1")) {
                    throw new IllegalStateException();
                }
            }
        });
        probe.receive(text("1"), text("2"), text("3"), close("03e8"));
        session.finish(2);
        session.finish(1);
        probe.runTasks();
        session.finish(0);
        assertThrows(IllegalStateException.class, probe::runTasks);
        probe.expect("text 1<a");
        probe.runTasks().expect("text 2<a", "text 3<a", "closing").expectSent("880203e8");
        probe.expect("finished 1000 \"\" clean PEER sent 1000").end();
    }

    @Test
    @DisplayName("S-74 S-192: a close or an abort while results are delivered ends the delivery")
    void endFromACallback() {
        for (boolean abort : new boolean[] {false, true}) {
            Controlled controlled = new Controlled("a");
            DriverProbe[] probe = new DriverProbe[1];
            probe[0] = new DriverProbe(DriverProbe.SERVER, List.of(plain("a", controlled)), new RecordingListener() {
                @Override
                public void onText(String text) {
                    super.onText(text);
                    if (abort) {
                        probe[0].driver.abort(null);
                    } else {
                        probe[0].driver.close(1000, "");
                    }
                }
            });
            probe[0].receive(text("1"), text("2"));
            controlled.finish(1);
            controlled.finish(0);
            probe[0].runTasks().expect("text 1<a");
            if (abort) {
                probe[0].expect("closing", "finished 1006 \"\" unclean NETWORK").end();
            } else {
                probe[0].expectSent("880203e8").end();
            }
            assertEquals(1, controlled.closed);
        }
    }

    // -- all of it at random ------------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-184 S-185 S-186 S-192 S-193: in whatever order sessions finish, messages keep theirs")
    void randomOrderOfCompletion() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Controlled[] controlled = {new Controlled("a"), new Controlled("b"), new Controlled("c")};
            Appending immediate = new Appending("i");
            DriverProbe probe = DriverProbe.server(
                    plain("a", controlled[0]),
                    plain("i", immediate),
                    plain("b", controlled[1]),
                    plain("c", controlled[2]));
            int messages = 1 + random.nextInt(8);
            StringBuilder sent = new StringBuilder();
            List<String> received = new ArrayList<>();
            int in = 0;
            int out = 0;
            boolean isClosed = false;
            while (!isClosed || working(controlled) > 0 || !probe.tasks.isEmpty()) {
                int dice = random.nextInt(10);
                if (dice < 2 && in < messages) {
                    probe.receive(dice == 0 ? text("in" + in) : text("in" + in).notFinal());
                    if (dice == 1) {
                        probe.receive(continuation(""));
                    }
                    received.add("text in" + in++ + "<c<b<i<a");
                } else if (dice < 4 && out < messages) {
                    probe.driver.sendText("out" + out);
                    sent.append(sentText("out" + out++ + ">a>i>b>c"));
                } else if (dice < 5 && !probe.tasks.isEmpty()) {
                    probe.tasks.remove().run();
                } else if (in == messages && out == messages && !isClosed) {
                    probe.receive(close("03e8"));
                    isClosed = true;
                } else {
                    Controlled some = controlled[random.nextInt(3)];
                    if (!some.work.isEmpty()) {
                        some.finish(random.nextInt(some.work.size()));
                    }
                }
                if (random.nextInt(3) == 0 && !probe.tasks.isEmpty()) {
                    probe.tasks.remove().run();
                }
            }
            received.add("closing");
            received.add("finished 1000 \"\" clean PEER sent 1000");
            assertEquals(received, List.copyOf(probe.listener.events), "seed " + seed + ", round " + round);
            probe.expectSent(sent + "880203e8");
            assertEquals(messages, probe.output.takeMessages());
            for (Controlled one : controlled) {
                assertEquals(1, one.closed, "seed " + seed + ", round " + round);
            }
            assertEquals(1, immediate.closed);
        }
    }

    private static int working(Controlled... sessions) {
        int messages = 0;
        for (Controlled one : sessions) {
            messages += one.work.size();
        }
        return messages;
    }

    @Test
    @DisplayName("S-185 R-52: binary messages, and types that a session changes")
    void binaryMessages() {
        DriverProbe probe = DriverProbe.server(plain("a", session));
        probe.receive(binary("0102"));
        TestExtensions.Work work = session.work.remove(0);
        assertEquals(ExtensionMessage.Type.BINARY, work.input.type());
        work.stage.complete(
                new ExtensionMessage(ExtensionMessage.Type.TEXT, false, false, false, Bytes.buffer("4142")));
        probe.runTasks().expect("text AB").end();
    }
}

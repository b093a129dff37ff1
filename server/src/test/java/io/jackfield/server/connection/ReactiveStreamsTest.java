package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.stream.Message;
import io.jackfield.api.stream.MessagePart;
import io.jackfield.api.stream.WebSocketStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;

/**
 * The rules of Reactive Streams, by their own test kit, over sockets. The kit is written for TestNG, which runs here inside of
 * a test of ours.
 */
@Tag("plain") // The kit waits a while for each thing that must not happen.
class ReactiveStreamsTest {

    /** How long after a cancel the kit waits before it looks whether the subscriber is forgotten: for a busy machine. */
    private static final long FORGOTTEN_AFTER_MILLIS = 1_000;

    @ParameterizedTest
    @DisplayName("S-85: publishers and subscribers keep the rules of Reactive Streams")
    @ValueSource(classes = {MessagePublisher.class, PartPublisher.class, MessageSubscriber.class, PartSubscriber.class})
    void theRulesAreKept(Class<?> verification) {
        TestListenerAdapter results = new TestListenerAdapter();
        TestNG kit = new TestNG(false);
        kit.setTestClasses(new Class<?>[] {verification});
        kit.addListener(results);
        kit.setVerbose(0);
        kit.run();
        List<String> failures = new ArrayList<>();
        for (ITestResult failed : results.getFailedTests()) {
            failures.add(failed.getName() + ": " + failed.getThrowable());
        }
        assertEquals(List.of(), failures);
        assertEquals(List.of(), results.getConfigurationFailures());
        // What the kit has for both kinds; what it skips is optional, or for publishers of many subscribers.
        int least = FlowPublisherVerification.class.isAssignableFrom(verification) ? 25 : 11;
        assertTrue(
                results.getPassedTests().size() >= least,
                "passed: " + results.getPassedTests().size());
    }

    private static TestEnvironment environment() {
        // Long for what must come, on whatever machine; short for what must not.
        return new TestEnvironment(15_000, 100, 10);
    }

    /** Messages that a peer sends. */
    public abstract static class Publisher<T> extends FlowPublisherVerification<T> {

        private final Function<WebSocketStream, Flow.Publisher<T>> view;
        private StreamPeers peers;

        Publisher(Function<WebSocketStream, Flow.Publisher<T>> view) {
            super(environment(), FORGOTTEN_AFTER_MILLIS);
            this.view = view;
        }

        @BeforeClass
        public void start() throws IOException {
            peers = new StreamPeers();
        }

        @AfterClass
        public void stop() throws IOException {
            peers.close();
        }

        @Override
        public Flow.Publisher<T> createFlowPublisher(long elements) {
            return peers.publisher(elements, view);
        }

        @Override
        public Flow.Publisher<T> createFailedFlowPublisher() {
            return peers.takenPublisher(view);
        }
    }

    /** Whole messages. */
    public static final class MessagePublisher extends Publisher<Message> {
        public MessagePublisher() {
            super(WebSocketStream::messages);
        }
    }

    /** Messages in parts. */
    public static final class PartPublisher extends Publisher<MessagePart> {
        public PartPublisher() {
            super(WebSocketStream::parts);
        }
    }

    /** Sends messages to a peer. */
    public abstract static class Subscriber<T> extends FlowSubscriberBlackboxVerification<T> {

        StreamPeers peers;

        Subscriber() {
            super(environment());
        }

        @BeforeClass
        public void start() throws IOException {
            peers = new StreamPeers();
        }

        @AfterClass
        public void stop() throws IOException {
            peers.close();
        }
    }

    /** Whole messages. */
    public static final class MessageSubscriber extends Subscriber<Message> {
        @Override
        public Flow.Subscriber<Message> createFlowSubscriber() {
            return peers.subscriber(WebSocketStream::messageSubscriber);
        }

        @Override
        public Message createElement(int element) {
            return Message.of("element " + element);
        }
    }

    /** Messages in parts. */
    public static final class PartSubscriber extends Subscriber<MessagePart> {
        @Override
        public Flow.Subscriber<MessagePart> createFlowSubscriber() {
            return peers.subscriber(WebSocketStream::partSubscriber);
        }

        @Override
        public MessagePart createElement(int element) {
            return new MessagePart(false, ByteBuffer.wrap(new byte[] {(byte) element}), element % 2 == 0);
        }
    }
}

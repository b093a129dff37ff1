package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Headers;
import io.jackfield.api.Request;
import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.codec.ActiveExtension;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExtensionNegotiationTest {

    private static final ExtensionContext CONTEXT = () -> 4_711;

    @Test
    @DisplayName("S-164: an extension is asked once, with all its offers in the client's order")
    void extensionIsAskedOnceWithAllItsOffers() {
        TestExtension a = new TestExtension("a");
        accepted("a; x=1, b; z, a, a; y", a);
        assertEquals(
                List.of(List.of(
                        ExtensionParameters.EMPTY.with("x", 1),
                        ExtensionParameters.EMPTY,
                        ExtensionParameters.EMPTY.with("y"))),
                a.asked);
        assertSame(CONTEXT, a.context);
    }

    @Test
    @DisplayName("S-164, S-167, R-40: extensions are asked and answered in the order of registration")
    void answerIsInTheOrderOfRegistration() {
        TestExtension a = new TestExtension("a").answering("p=1");
        TestExtension b = new TestExtension("b").answering("q; q=2");
        OpeningHandshake.Accepted accepted = accepted("b, a", a, b);
        assertEquals(List.of("a; p=1, b; q; q=2"), responses(accepted));
        assertEquals(List.of("a", "b"), names(accepted));
        assertEquals(
                ExtensionParameters.EMPTY.with("q").with("q", 2),
                accepted.extensions().get(1).negotiated().parameters());
        assertSame(b.session, accepted.extensions().get(1).session());
    }

    @Test
    @DisplayName("S-167: none accepted, no field; the connection opens all the same")
    void noneAccepted() {
        OpeningHandshake.Accepted accepted = accepted("a", new TestExtension("a").declining());
        assertEquals(List.of(), responses(accepted));
        assertEquals(List.of(), accepted.extensions());
    }

    @Test
    @DisplayName("S-168, R-41: unknown offers are ignored, extensions that were not offered are not asked")
    void onlyOfferedExtensionsAreAsked() {
        TestExtension a = new TestExtension("a");
        TestExtension upperCase = new TestExtension("B");
        assertEquals(List.of(), names(accepted("b, constructor; __proto__", a, upperCase)));
        assertEquals(List.of(), a.asked);
        assertEquals(List.of(), upperCase.asked);
    }

    @Test
    @DisplayName("S-166: an extension whose reserved bit is taken is skipped without being asked")
    void takenReservedBitIsNotGivenTwice() {
        for (int bit = 1; bit <= 3; bit++) {
            TestExtension first = new TestExtension("first").claiming(bit);
            TestExtension second = new TestExtension("second").claiming(1, 2, 3);
            TestExtension third = new TestExtension("third").claiming(bit % 3 + 1);
            OpeningHandshake.Accepted accepted = accepted("third, second, first", first, second, third);
            assertEquals(List.of("first", "third"), names(accepted));
            assertEquals(List.of(), second.asked);
            ActiveExtension active = accepted.extensions().get(0);
            assertArrayEquals(
                    new boolean[] {bit == 1, bit == 2, bit == 3},
                    new boolean[] {active.rsv1(), active.rsv2(), active.rsv3()});
        }
    }

    @Test
    @DisplayName("S-165: an extension that declines leaves its reserved bits to those behind it")
    void declinedBitsStayFree() {
        TestExtension first = new TestExtension("first").claiming(1).declining();
        TestExtension second = new TestExtension("second").claiming(1);
        assertEquals(List.of("second"), names(accepted("first, second", first, second)));
    }

    @Test
    @DisplayName("S-163: extensions that claim no bit do not stand in each other's way")
    void extensionsWithoutBitsAreAllAccepted() {
        assertEquals(List.of("a", "b"), names(accepted("a, b", new TestExtension("a"), new TestExtension("b"))));
    }

    @Test
    @DisplayName("S-162: of two extensions with one name the first that accepts is used")
    void nameIsAcceptedOnce() {
        TestExtension second = new TestExtension("a");
        assertEquals(List.of("a"), names(accepted("a, a", new TestExtension("a"), second)));
        assertEquals(List.of(), second.asked);
    }

    @Test
    @DisplayName("S-49: an extension that refuses the handshake is answered with 400 and its message")
    void refusalIsAnsweredWithItsMessage() {
        ExtensionException refusal = new ExtensionException("no\r\nthanks");
        TestExtension first = new TestExtension("first");
        TestExtension second = new TestExtension("second").answering(offers -> {
            throw refusal;
        });
        TestExtension third = new TestExtension("third");
        OpeningHandshake.Rejected rejected = rejected("first, second, third", first, second, third);
        assertEquals(400, rejected.response().status());
        assertEquals("no??thanks", new String(rejected.response().body(), StandardCharsets.UTF_8));
        assertEquals("no??thanks", rejected.reason());
        assertSame(refusal, rejected.failure());
        assertEquals(1, first.session.closed);
        assertEquals(List.of(), third.asked);
    }

    @Test
    void refusalWithoutMessageHasOne() {
        OpeningHandshake.Rejected rejected = rejected("a", new TestExtension("a").answering(offers -> {
                    throw new ExtensionException(null);
                }));
        assertEquals("Refused by an extension", rejected.reason());
    }

    @Test
    @DisplayName("S-49: an extension that fails is answered with 500, its message stays here")
    void failureIsAnsweredWithoutItsMessage() {
        RuntimeException exception = new IllegalStateException("secret");
        assertAnsweredWithoutMessage(exception, offers -> {
            throw exception;
        });
        Error error = new StackOverflowError("secret");
        assertAnsweredWithoutMessage(error, offers -> {
            throw error;
        });
    }

    private static void assertAnsweredWithoutMessage(Throwable thrown, TestExtension.Answer answer) {
        TestExtension first = new TestExtension("first");
        OpeningHandshake.Rejected rejected =
                rejected("first, second", first, new TestExtension("second").answering(answer));
        assertEquals(500, rejected.response().status());
        assertEquals("An extension failed", new String(rejected.response().body(), StandardCharsets.UTF_8));
        assertEquals("secret", rejected.reason());
        assertSame(thrown, rejected.failure());
        assertEquals(1, first.session.closed);
    }

    @Test
    void failureWithoutMessageIsNamed() {
        OpeningHandshake.Rejected rejected = rejected("a", new TestExtension("a").answering(offers -> {
                    throw new IllegalStateException();
                }));
        assertEquals("java.lang.IllegalStateException", rejected.reason());
    }

    @Test
    void nullAnswerIsAFailure() {
        OpeningHandshake.Rejected rejected = rejected("a", new TestExtension("a").answering(offers -> null));
        assertEquals(500, rejected.response().status());
        assertEquals("accept() returned null", rejected.reason());
    }

    @Test
    @DisplayName("S-49: an answer that cannot be written is a failure, and its session is closed")
    void answerThatCannotBeWrittenIsAFailure() {
        TestExtension a = new TestExtension("a");
        a.answering(
                offers -> Optional.of(new AcceptedExtension(ExtensionParameters.EMPTY.with("p", "\u00e4"), a.session)));
        OpeningHandshake.Rejected rejected = rejected("a", a);
        assertEquals(500, rejected.response().status());
        assertEquals(1, a.session.closed);
    }

    @Test
    @DisplayName("Every session is closed, also behind one whose close() throws")
    void everySessionIsClosed() {
        TestExtension first = new TestExtension("first");
        first.session.failure = new IllegalStateException("close");
        TestExtension second = new TestExtension("second");
        TestExtension third = new TestExtension("third").answering(offers -> {
            throw new IllegalArgumentException("accept");
        });
        OpeningHandshake.Rejected rejected = rejected("first, second, third", first, second, third);
        assertEquals(1, first.session.closed);
        assertEquals(1, second.session.closed);
        assertEquals("accept", rejected.reason());
        assertArrayEquals(
                new Throwable[] {first.session.failure}, rejected.failure().getSuppressed());
    }

    @Test
    void rejectionWithoutExceptionHasNoFailure() {
        assertNull(rejected(";", new TestExtension("a")).failure());
    }

    private static OpeningHandshake.Accepted accepted(String offers, Extension... extensions) {
        return assertInstanceOf(OpeningHandshake.Accepted.class, outcome(offers, extensions));
    }

    private static OpeningHandshake.Rejected rejected(String offers, Extension... extensions) {
        return assertInstanceOf(OpeningHandshake.Rejected.class, outcome(offers, extensions));
    }

    private static OpeningHandshake.Outcome outcome(String offers, Extension... extensions) {
        Request request = Requests.with("Sec-WebSocket-Extensions", offers);
        return OpeningHandshake.accept(request, List.of(), List.of(extensions), CONTEXT, Headers.EMPTY);
    }

    private static List<String> names(OpeningHandshake.Accepted accepted) {
        return accepted.extensions().stream()
                .map(extension -> extension.negotiated().name())
                .toList();
    }

    /** The values of all fields {@code Sec-WebSocket-Extensions} of the 101. */
    private static List<String> responses(OpeningHandshake.Accepted accepted) {
        String head = new String(accepted.response(), StandardCharsets.ISO_8859_1);
        assertTrue(head.startsWith("HTTP/1.1 101 "), head);
        List<String> values = new ArrayList<>();
        Matcher matcher =
                Pattern.compile("\r\nSec-WebSocket-Extensions: ([^\r]*)").matcher(head);
        while (matcher.find()) {
            values.add(matcher.group(1));
        }
        return values;
    }
}

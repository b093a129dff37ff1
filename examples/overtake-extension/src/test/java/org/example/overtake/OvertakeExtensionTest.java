package org.example.overtake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionMessage.Type;
import io.jackfield.api.extension.ExtensionParameters;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OvertakeExtensionTest {

    private final FinishingThread thread = new FinishingThread();

    @Test
    void theSecondMessageIsFinishedFirst() {
        OvertakeSession session = new OvertakeSession(thread, 60_000);
        CompletionStage<ExtensionMessage> first = session.outgoing(message(7, 8));
        CompletionStage<ExtensionMessage> second = session.outgoing(message(9));
        assertEquals(message(7, 8, 1).withRsv3(true), result(first));
        assertEquals(message(9, 0).withRsv3(true), result(second));
        session.close();
    }

    @Test
    void aMessageAloneIsFinishedAfterItsTime() {
        OvertakeSession session = new OvertakeSession(thread, 1);
        assertEquals(message(7, 0).withRsv3(true), result(session.outgoing(message(7))));
        session.close();
    }

    @Test
    void theNumberIsTakenOff() throws Exception {
        OvertakeSession session = new OvertakeSession(thread, 1);
        assertEquals(message(7), result(session.incoming(message(7, 99).withRsv3(true))));
        assertEquals(message(7, 99), result(session.incoming(message(7, 99))));
        session.close();
    }

    @Test
    void aMessageWithoutItsNumberIsRefused() {
        OvertakeSession session = new OvertakeSession(thread, 1);
        ExtensionMessage empty = message().withRsv3(true);
        assertEquals(
                1007,
                assertThrows(ExtensionException.class, () -> session.incoming(empty))
                        .closeCode());
        session.close();
    }

    @Test
    void theThreadLivesAsLongAsThereAreSessions() {
        OvertakeSession one = new OvertakeSession(thread, 1);
        OvertakeSession other = new OvertakeSession(thread, 1);
        one.close();
        assertTrue(thread.isRunning());
        other.close();
        assertFalse(thread.isRunning());
    }

    @Test
    void theFirstOfferIsAnsweredAsItIs() throws Exception {
        ExtensionParameters offer = ExtensionParameters.EMPTY.with("hold", 250);
        AcceptedExtension accepted =
                new OvertakeExtension().accept(List.of(offer), () -> 100).orElseThrow();
        assertEquals(offer, accepted.response());
        accepted.session().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "60001", "ten", "", "1234567"})
    void aTimeOutOfRangeIsRefused(String hold) {
        List<ExtensionParameters> offers = List.of(ExtensionParameters.EMPTY.with("hold", hold));
        assertThrows(ExtensionException.class, () -> new OvertakeExtension().accept(offers, () -> 100));
    }

    private static ExtensionMessage result(CompletionStage<ExtensionMessage> stage) {
        return stage.toCompletableFuture().join();
    }

    private static ExtensionMessage message(int... payload) {
        ByteBuffer bytes = ByteBuffer.allocate(payload.length);
        for (int value : payload) {
            bytes.put((byte) value);
        }
        return new ExtensionMessage(Type.BINARY, false, false, false, bytes.flip());
    }
}

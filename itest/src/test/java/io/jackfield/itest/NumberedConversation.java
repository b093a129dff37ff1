package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;

/** One client of an echo endpoint: sends numbers, several at a time, and sees each come back in its turn. */
final class NumberedConversation {

    /** The outcome of a conversation that could go on. */
    static final String OPEN = "open";

    private static final int MESSAGES_PER_ROUND = 8;

    private final RawClient client;
    private final String mark;
    private int next;
    private volatile String outcome = OPEN;

    /** @param mark what stands before each number on its way back */
    NumberedConversation(RawClient client, String mark) {
        this.client = client;
        this.mark = mark;
    }

    /** Sends some numbers and reads their echoes, unless the server has closed. */
    void talk() {
        if (!outcome.equals(OPEN)) {
            return;
        }
        ByteArrayOutputStream burst = new ByteArrayOutputStream();
        for (int i = 0; i < MESSAGES_PER_ROUND; i++) {
            burst.writeBytes(WireFrame.text("#" + (next + i)).masked());
        }
        client.send(burst.toByteArray());
        for (int i = 0; i < MESSAGES_PER_ROUND && outcome.equals(OPEN); i++) {
            WireFrame answer = client.readFrame();
            if (answer.opcodeName().equals("close")) {
                outcome = "closed with " + answer.closeCode();
                client.send(answer.masked()).assertEnds();
            } else {
                assertEquals(mark + "#" + next, answer.payloadText());
                next++;
            }
        }
    }

    String outcome() {
        return outcome;
    }

    void end() {
        client.close();
    }
}

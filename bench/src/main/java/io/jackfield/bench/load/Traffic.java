package io.jackfield.bench.load;

import java.io.IOException;

/** What is sent over connections and must come back. */
public interface Traffic {

    /** Fields that the opening request has besides, each with its line's end; or "". */
    String requestFields();

    /**
     * Begins on a connection.
     *
     * @param answer the head of the server's answer
     * @throws IOException if the answer does not agree to what was offered
     */
    Conversation begin(String answer) throws IOException;

    /** What a connection sends, and what looks at its answers. */
    record Conversation(Frames frames, Replies replies) {}
}

package io.jackfield.api;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** What a {@link Handler} makes of an opening handshake. */
public sealed interface Decision {

    /**
     * Accepts it.
     *
     * @return a decision without further headers
     */
    static Decision.Accept accept() {
        return Accept.PLAIN;
    }

    /**
     * Rejects it with a status alone.
     *
     * @param status an HTTP status from 300 to 599
     * @return a decision
     */
    static Decision.Reject reject(int status) {
        return new Reject(Response.of(status));
    }

    /**
     * Rejects it with a whole response.
     *
     * @param response status from 300 to 599, headers and body
     * @return a decision
     */
    static Decision.Reject reject(Response response) {
        return new Reject(response);
    }

    /**
     * Decides later. The handshake timeout goes on; a stage that fails is answered with status 500.
     *
     * @param stage completes, on any thread, with the decision
     * @return a decision
     */
    static Decision.Later later(CompletionStage<? extends Decision> stage) {
        return new Later(stage);
    }

    /**
     * Accepts the handshake.
     *
     * @param headers fields to add to the 101 response, besides those of the options
     * @param protocols the subprotocols to choose from instead of the endpoint's, or null for the endpoint's
     */
    record Accept(Headers headers, List<String> protocols) implements Decision {

        private static final Accept PLAIN = new Accept(Headers.EMPTY, null);

        /** Checks the headers and copies the protocols. */
        public Accept {
            headers.requireAllowedInHandshake();
            protocols = protocols == null ? null : List.copyOf(protocols);
        }

        /**
         * The same decision with one more response header.
         *
         * @param name a field name that the handshake does not own
         * @param value the field's value
         * @return a new decision
         */
        public Accept header(String name, String value) {
            return new Accept(headers.with(name, value), protocols);
        }

        /**
         * The same decision with subprotocols of its own.
         *
         * @param supported the subprotocols to choose from; the client's preference decides
         * @return a new decision
         */
        public Accept protocols(String... supported) {
            return new Accept(headers, List.of(supported));
        }
    }

    /**
     * Rejects the handshake.
     *
     * @param response what to answer
     */
    record Reject(Response response) implements Decision {

        /** Checks the status. */
        public Reject {
            if (response.status() < 300) {
                throw new IllegalArgumentException(
                        "A rejection needs a status from 300 to 599, not " + response.status());
            }
        }
    }

    /**
     * Decides when a stage completes.
     *
     * @param stage completes with the decision
     */
    record Later(CompletionStage<? extends Decision> stage) implements Decision {

        /** Checks that the stage is not null. */
        public Later {
            Objects.requireNonNull(stage, "stage");
        }
    }
}

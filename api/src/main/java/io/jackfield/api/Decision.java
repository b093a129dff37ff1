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
     * @throws IllegalArgumentException for any other status
     */
    static Decision.Reject reject(int status) {
        return new Reject(Response.of(status));
    }

    /**
     * Rejects it with a whole response.
     *
     * @param response status from 300 to 599, headers and body
     * @return a decision
     * @throws IllegalArgumentException for any other status
     */
    static Decision.Reject reject(Response response) {
        return new Reject(response);
    }

    /**
     * Decides later. The handshake timeout goes on; a stage that fails, or completes with null, is answered with status
     * 500.
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
     * @param headers fields to add to the 101 response, besides those of the options; none that the handshake owns
     * @param protocols the subprotocols to choose from instead of the endpoint's, immutable; empty for none at all,
     *     null for the endpoint's
     */
    record Accept(Headers headers, List<String> protocols) implements Decision {

        private static final Accept PLAIN = new Accept(Headers.EMPTY, null);

        /**
         * Checks the headers and copies the protocols.
         *
         * @param headers not null
         * @param protocols tokens, or null
         * @throws IllegalArgumentException for a header that the handshake owns ({@code Upgrade}, {@code Connection},
         *     {@code Content-Length}, {@code Transfer-Encoding}, {@code Sec-WebSocket-*}), and for a subprotocol that
         *     is no token or given twice
         */
        public Accept {
            Objects.requireNonNull(headers, "headers");
            headers.requireAllowedInHandshake();
            protocols = protocols == null ? null : Tokens.distinct(protocols);
        }

        /**
         * The same decision with one more response header.
         *
         * @param name a field name that the handshake does not own
         * @param value the field's value
         * @return a new decision
         * @throws IllegalArgumentException for a name that the handshake owns or that is no token, and for a value with
         *     characters that are not allowed
         */
        public Accept header(String name, String value) {
            return new Accept(headers.with(name, value), protocols);
        }

        /**
         * The same decision with subprotocols of its own.
         *
         * @param supported the subprotocols to choose from, one by one or separated by commas; the client's preference
         *     decides
         * @return a new decision
         * @throws IllegalArgumentException for a subprotocol that is no token or given twice
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

        /**
         * Checks the status.
         *
         * @param response with a status of at least 300
         * @throws IllegalArgumentException for a status below 300
         */
        public Reject {
            Objects.requireNonNull(response, "response");
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

        /**
         * Checks that the stage is not null.
         *
         * @param stage not null
         */
        public Later {
            Objects.requireNonNull(stage, "stage");
        }
    }
}

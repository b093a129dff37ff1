package io.jackfield.api.stream;

import org.osgi.annotation.versioning.ProviderType;

/** What a {@link io.jackfield.api.WebSocket} implements that can be streamed, as all of this server's are. */
@ProviderType
public interface StreamSource {

    /**
     * The connection as publishers and subscribers.
     *
     * @return always the same; see {@link WebSocketStream#of}
     */
    WebSocketStream stream();

    /**
     * The connection for a thread that waits.
     *
     * @return see {@link BlockingWebSocket#of}
     * @throws IllegalStateException if its messages are received otherwise already
     */
    BlockingWebSocket blocking();
}

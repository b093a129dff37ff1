package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HandlerTest {

    @Test
    void aHandlerAcceptsUnlessItDecidesOtherwise() throws Exception {
        Handler handler = (socket, request) -> {};
        Request request = Request.builder("GET", "/").build();
        assertEquals(Decision.accept(), handler.decide(request));
    }

    /** Declarative Services put the prefix before each element's name (OSGi Compendium 112.8.2.1). */
    @Test
    void thePropertyTypeSetsTheHandlersProperties() {
        assertEquals(
                Set.of(Handler.PATH, Handler.PROTOCOLS, Handler.TARGET),
                Stream.of(WebSocketEndpoint.class.getDeclaredMethods())
                        .map(element -> WebSocketEndpoint.PREFIX_ + element.getName())
                        .collect(Collectors.toSet()));
    }
}

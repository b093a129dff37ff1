package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HandlerTest {

    @Test
    void aHandlerAcceptsUnlessItDecidesOtherwise() throws Exception {
        Handler handler = (socket, request) -> {};
        Request request = Request.builder("GET", "/").build();
        assertEquals(Decision.accept(), handler.decide(request));
    }
}

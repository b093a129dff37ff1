package org.example.hello;

import io.jackfield.api.Event;
import io.jackfield.api.Handler;
import io.jackfield.api.Request;
import io.jackfield.api.WebSocket;
import io.jackfield.api.WebSocketEndpoint;
import org.osgi.service.component.annotations.Component;

/** Greets whoever says a name. */
@Component
@WebSocketEndpoint(path = "/hello")
public class HelloEndpoint implements Handler {

    @Override
    public void onConnection(WebSocket ws, Request request) {
        ws.on(Event.Text.class, name -> ws.send("Hello, " + name.data()));
    }
}

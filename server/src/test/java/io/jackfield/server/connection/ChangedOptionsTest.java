package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Decision;
import io.jackfield.api.Handler;
import io.jackfield.api.Options;
import io.jackfield.api.Registration;
import io.jackfield.api.Request;
import io.jackfield.api.WebSocket;
import io.jackfield.server.Endpoint;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A server's options change while it runs. */
class ChangedOptionsTest {

    private static Options maxLength(int bytes) {
        return Options.builder().maxLength(bytes).build();
    }

    @Test
    void newConnectionsHaveTheNewOptionsAndOldOnesKeepTheirs() throws Exception {
        try (TestServer server = TestServer.start(maxLength(4));
                RawClient old = server.open()) {
            EventLog oldLog = server.next().expect("open");
            server.server().changeOptions(maxLength(2));
            try (RawClient client = server.open()) {
                client.sendText("abc");
                client.expectClose(1009);
            }
            old.sendText("abcd");
            oldLog.expect("text abcd");
            old.sendText("abcde");
            old.expectClose(1009);
        }
    }

    @Test
    void whatAnEndpointSetsItselfHoldsAndTheRestFollowsTheServer() throws Exception {
        try (TestServer server = TestServer.start(maxLength(4))) {
            Options own = Options.builder().origins((origin, request) -> false).build();
            server.server()
                    .addEndpoint(Endpoint.of("/own", (socket, request) -> {}).withOptions(own));
            expectRefusedOriginAndLimit(server, 4);
            server.server().changeOptions(maxLength(2));
            expectRefusedOriginAndLimit(server, 2);
        }
    }

    private static void expectRefusedOriginAndLimit(TestServer server, int limit) throws Exception {
        try (RawClient refused = RawClient.connect(server.port(), "/own", "Origin: http://127.0.0.1")) {
            refused.expectHttp(403);
        }
        try (RawClient client = RawClient.connect(server.port(), "/own")) {
            client.expectHttp(101);
            client.sendText("a".repeat(limit + 1));
            client.expectClose(1009);
        }
    }

    @Test
    void anEndpointIsWithdrawnAlsoFromConnectionsAndHandshakesOfOlderOptions() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Decision> decision = new CompletableFuture<>();
        Handler handler = new Handler() {
            @Override
            public void onConnection(WebSocket socket, Request request) {}

            @Override
            public Decision decide(Request request) {
                if (request.headers().first("X-Later").isEmpty()) {
                    return Decision.accept();
                }
                asked.countDown();
                return Decision.later(decision);
            }
        };
        try (TestServer server = TestServer.start()) {
            Registration endpoint = server.server().addEndpoint(new Endpoint("/gone", handler, List.of(), null, 0));
            try (RawClient open = RawClient.connect(server.port(), "/gone");
                    RawClient waiting = RawClient.connect(server.port(), "/gone", "X-Later: yes")) {
                open.expectHttp(101);
                assertTrue(asked.await(15, TimeUnit.SECONDS));
                server.server().changeOptions(maxLength(2));
                endpoint.close();
                open.expectClose("1001:The endpoint was withdrawn");
                waiting.expectHttp(503);
            }
        }
    }
}

package io.jackfield.server.connection;

import io.jackfield.api.Request;
import io.jackfield.api.Response;
import io.jackfield.server.loop.AdoptedKey;
import io.jackfield.server.loop.EventLoop;
import io.jackfield.server.routing.Routing;
import io.jackfield.server.transport.AdoptedTransport;
import io.jackfield.server.upgrade.ContainerConnection;
import io.jackfield.server.upgrade.Upgrade;
import io.jackfield.server.upgrade.UpgradeAnswer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes to a loop what an adapter tells on threads of its container. */
public final class AdoptedUpgrade implements Upgrade {

    private final CompletableFuture<UpgradeAnswer> answer = new CompletableFuture<>();
    private final EventLoop loop;
    private final AdoptedTransport transport;
    private final Connection connection;

    private AdoptedUpgrade(EventLoop loop, Request request, Runnable onClosed) {
        this.loop = loop;
        AdoptedKey key = new AdoptedKey(loop);
        transport = new AdoptedTransport(key, request);
        connection = new Connection(key, transport, () -> {
            onClosed.run();
            // Whatever ended it: the container waits for something to say.
            answer.complete(new UpgradeAnswer.Respond(Response.text(503, "The connection is closed")));
        });
    }

    /**
     * Begins to judge a request.
     *
     * @param loop the connection's loop
     * @param routing where the request goes
     * @param request as the other server has read it
     * @param path of what it asks for in this server
     * @param onClosed runs once, when the connection has ended
     * @return what the adapter talks to
     */
    public static AdoptedUpgrade begin(
            EventLoop loop, Routing routing, Request request, String path, Runnable onClosed) {
        AdoptedUpgrade upgrade = new AdoptedUpgrade(loop, request, onClosed);
        UpgradePhase phase = new UpgradePhase(upgrade.connection, routing, request, upgrade.answer);
        upgrade.connection.execute(() -> phase.begin(path));
        return upgrade;
    }

    /**
     * Refuses a request that is one too many.
     *
     * @param loop any loop
     * @param request as the other server has read it
     * @return what the adapter talks to
     */
    public static AdoptedUpgrade refuse(EventLoop loop, Request request) {
        AdoptedUpgrade upgrade = new AdoptedUpgrade(loop, request, () -> {});
        upgrade.connection.execute(upgrade.connection::close);
        return upgrade;
    }

    @Override
    public CompletionStage<UpgradeAnswer> answer() {
        return answer.minimalCompletionStage();
    }

    @Override
    public void connect(ContainerConnection given) {
        connection.execute(() -> {
            transport.connect(given);
            if (connection.phase() instanceof UpgradePhase phase) {
                phase.onConnected();
            }
        });
    }

    @Override
    public void readable() {
        transport.readable();
    }

    @Override
    public void writable() {
        transport.writable();
    }

    @Override
    public void fail(IOException failure) {
        loop.execute(() -> connection.fail(failure));
    }
}

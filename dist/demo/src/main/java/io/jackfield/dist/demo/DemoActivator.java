package io.jackfield.dist.demo;

import io.jackfield.api.Fallback;
import io.jackfield.api.Handler;
import io.jackfield.api.Option;
import io.jackfield.dist.demo.chat.ChatHandler;
import io.jackfield.dist.demo.chat.ChatRoom;
import java.time.Clock;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers the endpoints and the page as services. The framework takes them back when the bundle stops. */
public final class DemoActivator implements BundleActivator {

    /** Called by the framework. */
    public DemoActivator() {}

    @Override
    public void start(BundleContext context) {
        String[] protocols = {"echo", "chat"};
        publish(context, new EchoHandler(), Map.of(Handler.PATH, "/echo", Handler.PROTOCOLS, protocols));
        publish(context, new BroadcastHandler(), Map.of(Handler.PATH, "/broadcast"));
        publish(
                context,
                new ChatHandler(new ChatRoom(Clock.systemUTC())),
                Map.of(
                        Handler.PATH,
                        "/chat",
                        Handler.PROTOCOLS,
                        "chat",
                        // A line of chat is short, and one who does not read is not worth more memory than this.
                        Handler.OPTION_PREFIX + Option.MAX_LENGTH.key(),
                        16_384,
                        Handler.OPTION_PREFIX + Option.MAX_BUFFERED_AMOUNT.key(),
                        1_048_576));
        context.registerService(Fallback.class, DemoPage.load(), new Hashtable<>());
    }

    @Override
    public void stop(BundleContext context) {
        // The framework unregisters the services.
    }

    private static void publish(BundleContext context, Handler handler, Map<String, ?> properties) {
        context.registerService(Handler.class, handler, new Hashtable<>(properties));
    }
}

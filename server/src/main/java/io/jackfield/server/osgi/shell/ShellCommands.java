package io.jackfield.server.osgi.shell;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleContext;

/**
 * The commands of the scope {@value #SCOPE}, one a public method. They print to {@code System.out}, which in a shell is that
 * of the session: what a command returns is shown to those who type, and not to those who send commands to Karaf.
 * Thread-safe.
 */
public final class ShellCommands {

    static final String SCOPE = "jackfield";

    private static final String[] FUNCTIONS = {"servers", "endpoints", "extensions", "connections", "close"};

    private final Answers answers;

    private ShellCommands(Answers answers) {
        this.answers = answers;
    }

    /**
     * Offers the commands to shells, as long as the bundle is active.
     *
     * @param context of our bundle
     */
    public static void register(BundleContext context) {
        // RFC 147, which never became a chapter of the compendium; Gogo and Karaf know commands by these.
        Dictionary<String, Object> properties =
                new Hashtable<>(Map.of("osgi.command.scope", SCOPE, "osgi.command.function", FUNCTIONS));
        ShellCommands commands = new ShellCommands(new Answers(new ServerServices(context)));
        context.registerService(ShellCommands.class, commands, properties);
    }

    /** Lists the servers with their figures. */
    public void servers() {
        System.out.println(answers.servers());
    }

    /** Lists the endpoints of all servers. */
    public void endpoints() {
        System.out.println(answers.endpoints());
    }

    /** Lists the extensions of all servers. */
    public void extensions() {
        System.out.println(answers.extensions());
    }

    /** Lists the connections of all servers. */
    public void connections() {
        System.out.println(answers.connections());
    }

    /**
     * Lists the connections of a server.
     *
     * @param server its name
     */
    public void connections(String server) {
        System.out.println(answers.connections(server));
    }

    /**
     * Closes a connection, behind what was sent on it before.
     *
     * @param connection its name as {@link #connections()} shows it; without the server's if there is only one
     * @param code what a close frame may carry: 1000 to 1003, 1007 to 1014, 3000 to 4999
     * @param reason words for the peer, 123 bytes in all; may be left out
     * @throws IllegalArgumentException if there is no such server or connection, or the code or reason is not legal
     */
    public void close(String connection, int code, String... reason) {
        System.out.println(answers.close(connection, code, reason));
    }
}

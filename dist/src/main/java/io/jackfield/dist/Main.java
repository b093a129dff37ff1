package io.jackfield.dist;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.osgi.framework.BundleException;

/** Starts the distribution from the command line. */
public final class Main {

    private static final int FAILURE = 1;
    private static final int BAD_OPTION = 2;

    /** Held, since the logging framework forgets the levels of loggers that nobody holds. */
    private static final Logger SERVER_LOG = Logger.getLogger("io.jackfield");

    private Main() {}

    /**
     * Runs until the process is told to stop.
     *
     * @param arguments see {@link LaunchOptions#USAGE}
     * @throws InterruptedException never: nobody interrupts the main thread
     */
    public static void main(String[] arguments) throws InterruptedException {
        LaunchOptions options;
        try {
            options = LaunchOptions.parse(arguments, System.getenv(LaunchOptions.TLS_PASSWORD_VARIABLE));
        } catch (BadOptionException e) {
            exit(BAD_OPTION, e.getMessage());
            return;
        }
        if (options.help()) {
            System.out.print(LaunchOptions.USAGE);
            return;
        }
        makeLogTerse();
        try {
            EmbeddedFramework framework = EmbeddedFramework.start(options);
            System.out.println("Jackfield is ready at " + framework.url());
            framework.waitForStop();
        } catch (BadOptionException e) {
            exit(BAD_OPTION, e.getMessage());
        } catch (IOException | BundleException e) {
            exit(FAILURE, e.getMessage());
        }
    }

    private static void makeLogTerse() {
        if (System.getProperty("java.util.logging.config.file") == null) {
            SERVER_LOG.setLevel(Level.WARNING);
        }
        String format = "java.util.logging.SimpleFormatter.format";
        if (System.getProperty(format) == null) {
            System.setProperty(format, "%1$tFT%1$tT %4$s %3$s: %5$s%6$s%n");
        }
    }

    private static void exit(int code, String message) {
        System.err.println("jackfield: " + message);
        System.exit(code);
    }
}

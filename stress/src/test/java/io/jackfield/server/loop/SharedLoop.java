package io.jackfield.server.loop;

import io.jackfield.server.statistics.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The loop of all tests in a process: one for each state would take more descriptors than there are. */
public final class SharedLoop {

    private static final EventLoop LOOP = start();

    private SharedLoop() {}

    private static EventLoop start() {
        Maker maker = new Maker();
        maker.setDaemon(true);
        maker.start();
        try {
            maker.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        maker.made.start();
        return maker.made;
    }

    /** Running, until the process ends. */
    public static EventLoop get() {
        return LOOP;
    }

    /** A thread is a daemon if the one that makes it is: a process of jcstress ends when no other is left. */
    private static final class Maker extends Thread {

        private EventLoop made;

        @Override
        public void run() {
            try {
                made = new EventLoop("stressed", new Journal());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

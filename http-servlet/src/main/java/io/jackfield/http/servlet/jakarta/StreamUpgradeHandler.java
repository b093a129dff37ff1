package io.jackfield.http.servlet.jakarta;

import io.jackfield.http.servlet.StreamConnection;
import io.jackfield.server.upgrade.Upgrade;
import jakarta.servlet.ReadListener;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a container makes and hands the connection to. Public, since the container makes it; of no use to anybody else. */
public class StreamUpgradeHandler implements HttpUpgradeHandler {

    private Upgrade upgrade;

    /** Called by the container. */
    public StreamUpgradeHandler() {}

    /** Called behind {@code HttpServletRequest.upgrade}, before the container calls {@link #init}. */
    final void connectTo(Upgrade target) {
        upgrade = target;
    }

    /** Where the connection is connected. */
    final Upgrade upgrade() {
        return upgrade;
    }

    @Override
    public void init(WebConnection container) {
        try {
            JakartaStreams streams = new JakartaStreams(container);
            StreamConnection connection = new StreamConnection(streams, upgrade);
            streams.listen(new Reading(connection), new Writing(connection));
            upgrade.connect(connection);
        } catch (IOException e) {
            upgrade.fail(e);
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void destroy() {
        upgrade.fail(new EOFException("the container has ended the connection"));
    }

    /** Passes on what the container tells of the input. */
    private record Reading(StreamConnection connection) implements ReadListener {

        @Override
        public void onDataAvailable() {
            connection.onDataAvailable();
        }

        @Override
        public void onAllDataRead() {
            connection.onAllDataRead();
        }

        @Override
        public void onError(Throwable thrown) {
            connection.onError(thrown);
        }
    }

    /** Passes on what the container tells of the output. */
    private record Writing(StreamConnection connection) implements WriteListener {

        @Override
        public void onWritePossible() {
            connection.onWritePossible();
        }

        @Override
        public void onError(Throwable thrown) {
            connection.onError(thrown);
        }
    }
}

package io.jackfield.http.servlet.jakarta;

import io.jackfield.http.servlet.ServletStreams;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;

/** Both streams of a {@code WebConnection}. */
final class JakartaStreams implements ServletStreams {

    private final WebConnection connection;
    private final ServletInputStream input;
    private final ServletOutputStream output;

    JakartaStreams(WebConnection connection) throws IOException {
        this.connection = connection;
        input = connection.getInputStream();
        output = connection.getOutputStream();
    }

    /** From now on the streams do not block. The output first: what is read may be answered at once. */
    void listen(ReadListener reading, WriteListener writing) {
        output.setWriteListener(writing);
        input.setReadListener(reading);
    }

    @Override
    public boolean isReadable() {
        return input.isReady();
    }

    @Override
    public boolean isFinished() {
        return input.isFinished();
    }

    @Override
    public int read(byte[] target) throws IOException {
        return input.read(target);
    }

    @Override
    public boolean isWritable() {
        return output.isReady();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        output.write(bytes);
    }

    @Override
    public void flush() throws IOException {
        output.flush();
    }

    @Override
    public void closeOutput() throws IOException {
        output.close();
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}

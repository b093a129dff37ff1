package io.jackfield.itest.versionbundle;

import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.api.extension.ImmediateSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code x-version}: puts its version, which stands in a file of its bundle, before each message to the peer. */
public final class VersionedExtension implements Extension {

    /** The name of the file, beside this class. */
    public static final String FILE = "version.txt";

    private final byte[] version;

    /** Called by ServiceLoader. */
    public VersionedExtension() {
        try (InputStream file = VersionedExtension.class.getResourceAsStream(FILE)) {
            version = file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "x-version";
    }

    @Override
    public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
        ExtensionParameters answer =
                ExtensionParameters.EMPTY.with("version", new String(version, StandardCharsets.US_ASCII));
        return Optional.of(new AcceptedExtension(answer, new VersionedSession()));
    }

    private final class VersionedSession implements ImmediateSession {

        @Override
        public ExtensionMessage incoming(ExtensionMessage message) {
            return message;
        }

        @Override
        public ExtensionMessage outgoing(ExtensionMessage message) {
            ByteBuffer payload = message.payload();
            ByteBuffer marked = ByteBuffer.allocate(version.length + payload.remaining());
            return message.withPayload(marked.put(version).put(payload).flip());
        }
    }
}

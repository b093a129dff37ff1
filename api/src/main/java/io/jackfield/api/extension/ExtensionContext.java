package io.jackfield.api.extension;

import org.osgi.annotation.versioning.ProviderType;

/** What binds a session on its connection. Immutable, thread-safe, and valid as long as the session. */
@ProviderType
public interface ExtensionContext {

    /**
     * The largest message, in bytes, that the application is prepared to receive. A session that makes incoming
     * messages larger must stop before it passes this limit and throw an {@link ExtensionException} with close code
     * 1009 ({@link ExtensionException#messageTooBig(long)}).
     *
     * @return a number of bytes, at least 1
     */
    long maxMessageLength();
}

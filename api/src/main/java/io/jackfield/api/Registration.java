package io.jackfield.api;

import org.osgi.annotation.versioning.ProviderType;

/** Something that was added and can be removed again. Thread-safe. */
@ProviderType
public interface Registration extends AutoCloseable {

    /** Removes it. Further calls have no effect. */
    @Override
    void close();
}

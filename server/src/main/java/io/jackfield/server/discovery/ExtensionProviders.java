package io.jackfield.server.discovery;

import io.jackfield.api.extension.Extension;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Makes the extensions that {@link ServiceLoader} finds. One that cannot be made does not keep the others away. */
public final class ExtensionProviders {

    private static final Logger LOG = System.getLogger("io.jackfield.server");

    /** ServiceLoader goes on behind a provider that fails, but fails for ever where it cannot read what names them. */
    private static final int MAX_FAILURES = 64;

    private ExtensionProviders() {}

    /** Those on the class path and the module path. What is wrong with one is a line in the log. */
    public static List<Extension> onThePath() {
        return load(
                ServiceLoader.load(Extension.class),
                type -> true,
                problem -> LOG.log(Level.WARNING, "An extension is not used: {0}", problem));
    }

    /**
     * Makes one extension of each provider.
     *
     * @param loader where to look for providers
     * @param isWanted whether an extension is to be made of a provider's type
     * @param problems is told in one line what is wrong with a provider
     * @return those that could be made, in the order in which they were found
     */
    public static List<Extension> load(
            ServiceLoader<Extension> loader, Predicate<Class<?>> isWanted, Consumer<String> problems) {
        List<Extension> extensions = new ArrayList<>();
        Spliterator<ServiceLoader.Provider<Extension>> providers =
                loader.stream().spliterator();
        int failures = 0;
        boolean goOn = true;
        while (goOn) {
            try {
                goOn = providers.tryAdvance(provider -> {
                    if (isWanted.test(provider.type())) {
                        extensions.add(provider.get());
                    }
                });
            } catch (ServiceConfigurationError | LinkageError e) {
                // LinkageError: the class is there, but not all that it is made of.
                problems.accept(inOneLine(e));
                failures++;
                goOn = failures < MAX_FAILURES;
            }
        }
        return extensions;
    }

    /** What ServiceLoader says, and behind it what the provider's constructor has thrown. */
    private static String inOneLine(Error error) {
        boolean isExplained = error instanceof ServiceConfigurationError && error.getCause() != null;
        String what = error instanceof ServiceConfigurationError ? error.getMessage() : error.toString();
        return (isExplained ? what + " (" + error.getCause() + ")" : what).replaceAll("\\R", " ");
    }
}

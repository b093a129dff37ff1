package io.jackfield.server.osgi;

import io.jackfield.server.Tls;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.UnrecoverableKeyException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * What a configuration says of TLS. The key comes from one of three: a key store, two files in PEM form, or a context that
 * is a service.
 */
final class TlsConfiguration {

    private final Map<ServerProperty, String> texts;

    private TlsConfiguration(Map<ServerProperty, String> texts) {
        this.texts = texts;
    }

    /**
     * Reads the properties whose keys begin with {@code jackfield.tls.}.
     *
     * @return what they say, or null for a server without TLS
     * @throws InvalidPropertyException if they contradict each other
     */
    static TlsConfiguration read(Function<String, ?> source) {
        Map<ServerProperty, String> texts = new EnumMap<>(ServerProperty.class);
        Stream.of(ServerProperty.values())
                .filter(property -> property.key().startsWith(ServerProperty.TLS_PREFIX))
                .forEach(property -> texts.put(property, property.text(source)));
        TlsConfiguration tls = new TlsConfiguration(texts);
        tls.requireOneKey();
        tls.lookInterval();
        return tls.hasKey() ? tls : null;
    }

    private boolean hasKey() {
        return has(ServerProperty.TLS_KEYSTORE) || has(ServerProperty.TLS_CERTIFICATE) || isNamed();
    }

    private void requireOneKey() {
        boolean pem = has(ServerProperty.TLS_CERTIFICATE);
        if (isNamed()) {
            for (ServerProperty file : new ServerProperty[] {
                ServerProperty.TLS_KEYSTORE, ServerProperty.TLS_CERTIFICATE, ServerProperty.TLS_TRUST
            }) {
                requireNot(file, ServerProperty.TLS_NAME);
            }
        } else if (pem) {
            requireNot(ServerProperty.TLS_KEYSTORE, ServerProperty.TLS_CERTIFICATE);
        }
        if (pem != has(ServerProperty.TLS_KEY)) {
            throw new InvalidPropertyException(
                    ServerProperty.TLS_KEY.key(),
                    "it belongs to " + ServerProperty.TLS_CERTIFICATE.key() + ": both are needed, or none");
        }
    }

    private void requireNot(ServerProperty excluded, ServerProperty present) {
        if (has(excluded)) {
            throw new InvalidPropertyException(
                    present.key(), "there is " + excluded.key() + ", too: only one of them can be used");
        }
    }

    /** Whether the context is a service. */
    boolean isNamed() {
        return has(ServerProperty.TLS_NAME);
    }

    /** The name of the context that is a service; empty for none. */
    String name() {
        return text(ServerProperty.TLS_NAME);
    }

    /**
     * Reads the files.
     *
     * @param named the context that is a service; null if none is named
     * @return TLS as it is configured
     * @throws InvalidPropertyException naming the property that is to blame
     */
    Tls open(SSLContext named) {
        Tls.Builder builder = Tls.builder().lookEvery(lookInterval());
        Tls tls = build(addKey(builder, named), keyProperty());
        if (has(ServerProperty.TLS_TRUST)) {
            builder.trust(path(ServerProperty.TLS_TRUST), password(ServerProperty.TLS_TRUST_PASSWORD));
            tls = build(builder, ServerProperty.TLS_TRUST);
        }
        Tls.ClientAuthentication clientAuthentication = clientAuthentication();
        if (clientAuthentication != Tls.ClientAuthentication.NONE) {
            builder.clientAuthentication(clientAuthentication);
            tls = build(builder, ServerProperty.TLS_CLIENT_AUTHENTICATION);
        }
        if (has(ServerProperty.TLS_PROTOCOLS)) {
            tls = build(builder.protocols(list(ServerProperty.TLS_PROTOCOLS)), ServerProperty.TLS_PROTOCOLS);
        }
        if (has(ServerProperty.TLS_CIPHERS)) {
            tls = build(builder.ciphers(list(ServerProperty.TLS_CIPHERS)), ServerProperty.TLS_CIPHERS);
        }
        return tls;
    }

    private ServerProperty keyProperty() {
        if (isNamed()) {
            return ServerProperty.TLS_NAME;
        }
        return has(ServerProperty.TLS_CERTIFICATE) ? ServerProperty.TLS_CERTIFICATE : ServerProperty.TLS_KEYSTORE;
    }

    private Tls.Builder addKey(Tls.Builder builder, SSLContext named) {
        return switch (keyProperty()) {
            case TLS_NAME -> builder.context(named);
            case TLS_CERTIFICATE -> builder.pem(path(ServerProperty.TLS_CERTIFICATE), path(ServerProperty.TLS_KEY));
            default -> builder.keyStore(path(ServerProperty.TLS_KEYSTORE), password(ServerProperty.TLS_PASSWORD));
        };
    }

    /** What fails now is what was added last. */
    private Tls build(Tls.Builder builder, ServerProperty added) {
        try {
            return builder.build();
        } catch (NoSuchFileException e) {
            boolean key = added == ServerProperty.TLS_CERTIFICATE && e.getFile().equals(text(ServerProperty.TLS_KEY));
            throw refused(key ? ServerProperty.TLS_KEY : added, "there is no such file");
        } catch (IOException e) {
            // So a key store tells that it is locked.
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw refused(passwordOf(added), "the password is wrong");
            }
            throw refused(added, e.toString());
        } catch (GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
            throw refused(added, e.getMessage());
        }
    }

    private static ServerProperty passwordOf(ServerProperty file) {
        return file == ServerProperty.TLS_TRUST ? ServerProperty.TLS_TRUST_PASSWORD : ServerProperty.TLS_PASSWORD;
    }

    private InvalidPropertyException refused(ServerProperty property, String reason) {
        String shown = property.type() == ServerProperty.Type.PASSWORD ? "" : "'" + text(property) + "' ";
        return new InvalidPropertyException(
                property.key(),
                shown + "cannot be used: "
                        + String.valueOf(reason).lines().findFirst().orElse(""));
    }

    // -- values -------------------------------------------------------------------------------------------------------

    private boolean has(ServerProperty property) {
        return !text(property).isEmpty();
    }

    private String text(ServerProperty property) {
        return texts.get(property);
    }

    private Path path(ServerProperty property) {
        try {
            return Path.of(text(property));
        } catch (IllegalArgumentException e) {
            throw refused(property, e.getMessage());
        }
    }

    private char[] password(ServerProperty property) {
        return text(property).toCharArray();
    }

    private String[] list(ServerProperty property) {
        return Stream.of(text(property).split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toArray(String[]::new);
    }

    private Duration lookInterval() {
        return Duration.ofSeconds(ServerProperty.TLS_LOOK_EVERY.number(key -> text(ServerProperty.TLS_LOOK_EVERY)));
    }

    private Tls.ClientAuthentication clientAuthentication() {
        String name = text(ServerProperty.TLS_CLIENT_AUTHENTICATION).toUpperCase(Locale.ROOT);
        return Stream.of(Tls.ClientAuthentication.values())
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow(() -> refused(ServerProperty.TLS_CLIENT_AUTHENTICATION, "allowed: NONE, WANT, NEED"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TlsConfiguration configuration && texts.equals(configuration.texts);
    }

    @Override
    public int hashCode() {
        return texts.hashCode();
    }

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
        return keyProperty().key() + "=" + text(keyProperty());
    }
}

package io.jackfield.api;

import io.jackfield.api.extension.Extension;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Turns values of the map form into what {@link Options} hold, and says what is wrong with those that do not fit. */
final class OptionValues {

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    private OptionValues() {}

    /** The value in its final type; null for the default. */
    static Object convert(Option option, Object value) {
        if (value == null) {
            return null;
        }
        try {
            return switch (option.type()) {
                case SIZE -> size(option, value);
                case SECONDS -> seconds(option, value);
                case HEADERS -> headers(value);
                case EXTENSIONS -> extensions(value);
                case OVERFLOW_POLICY ->
                    value instanceof String name ? OverflowPolicy.valueOf(name) : OverflowPolicy.class.cast(value);
                case ORIGIN_POLICY -> origins(value);
                case ADDRESSES -> AddressRanges.parse(texts(value));
                case EXECUTOR -> Executor.class.cast(value);
                case UNCAUGHT_EXCEPTION_HANDLER -> UncaughtExceptionHandler.class.cast(value);
            };
        } catch (InvalidExtensionException e) {
            throw e;
        } catch (IllegalArgumentException | ClassCastException | ArithmeticException e) {
            throw new IllegalArgumentException(complaint(option, value, e), e);
        }
    }

    private static String complaint(Option option, Object value, RuntimeException cause) {
        String range = switch (option.type()) {
            case SIZE -> " from %d to %d".formatted((long) option.minimum(), maximumSize(option));
            case SECONDS -> " from %s to %s".formatted(plain(option.minimum()), plain(option.maximum()));
            default -> "";
        };
        String detail = cause instanceof IllegalArgumentException
                        && !(cause instanceof NumberFormatException)
                        && cause.getMessage() != null
                        && option.type() != Option.Type.OVERFLOW_POLICY
                ? " (" + cause.getMessage() + ")"
                : "";
        return "Option " + option.key() + ": '" + value + "' is not allowed; allowed: "
                + option.type().allowed() + range + detail;
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static long maximumSize(Option option) {
        return option.maximum() >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) option.maximum();
    }

    private static Long size(Option option, Object value) {
        long size = decimal(value).longValueExact();
        if (size == 0 && option == Option.MAX_LENGTH) {
            return null;
        }
        if (size < option.minimum() || size > maximumSize(option)) {
            throw new ArithmeticException("out of range");
        }
        return size;
    }

    private static Duration seconds(Option option, Object value) {
        Duration duration = value instanceof Duration given
                ? given
                : Duration.ofNanos(decimal(value).multiply(NANOS).longValueExact());
        double seconds = duration.getSeconds() + duration.getNano() / 1e9;
        if (seconds < option.minimum() || seconds > option.maximum()) {
            throw new ArithmeticException("out of range");
        }
        return duration;
    }

    private static BigDecimal decimal(Object value) {
        if (!(value instanceof Number) && !(value instanceof String)) {
            throw new ClassCastException();
        }
        return new BigDecimal(value.toString().strip());
    }

    private static Headers headers(Object value) {
        Headers headers;
        if (value instanceof Headers given) {
            headers = given;
        } else if (value instanceof Map<?, ?> map) {
            headers = Headers.EMPTY;
            for (Map.Entry<?, ?> field : map.entrySet()) {
                if (field.getValue() != null) {
                    headers = headers.with(String.valueOf(field.getKey()), String.valueOf(field.getValue()));
                }
            }
        } else {
            headers = Headers.EMPTY;
            for (String line : ((String) value).split("\n")) {
                if (!line.isBlank()) {
                    int colon = line.indexOf(':');
                    if (colon < 0) {
                        throw new IllegalArgumentException("a line without a colon");
                    }
                    headers = headers.with(line.substring(0, colon), line.substring(colon + 1));
                }
            }
        }
        headers.requireAllowedInHandshake();
        return headers;
    }

    private static List<Extension> extensions(Object value) {
        Collection<?> given = value instanceof Collection<?> collection ? collection : List.of(value);
        List<Extension> extensions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Object element : given) {
            Extension extension = Extension.class.cast(element);
            String name = extension.name();
            if (name == null) {
                throw new InvalidExtensionException("extension.name must be a string");
            }
            if (!names.add(name)) {
                throw new InvalidExtensionException("An extension with name \"" + name + "\" is already registered");
            }
            extensions.add(extension);
        }
        return List.copyOf(extensions);
    }

    private static OriginPolicy origins(Object value) {
        if (value instanceof OriginPolicy policy) {
            return policy;
        }
        List<String> texts = texts(value);
        if (texts.equals(List.of("any"))) {
            return OriginPolicy.any();
        }
        if (texts.equals(List.of("same-host"))) {
            return OriginPolicy.sameHost();
        }
        return OriginPolicy.allowList(texts.toArray(String[]::new));
    }

    private static List<String> texts(Object value) {
        Stream<String> texts;
        if (value instanceof Collection<?> collection) {
            texts = collection.stream().map(String.class::cast);
        } else if (value instanceof String[] array) {
            texts = Stream.of(array);
        } else {
            texts = Stream.of(((String) value).split(","));
        }
        return texts.map(String::strip).filter(text -> !text.isEmpty()).toList();
    }

    /** Carries the original's own message for an extension that cannot be registered (S-162). */
    private static final class InvalidExtensionException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        InvalidExtensionException(String message) {
            super(message);
        }
    }
}

package io.jackfield.api;

import io.jackfield.api.extension.Extension;
import io.jackfield.api.internal.FieldGrammar;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Turns values of the map form into what {@link Options} hold, and says what is wrong with those that do not fit. */
final class OptionValues {

    /** Timers count milliseconds: less would become 0, and 0 means for ever. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

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
                case OVERFLOW_POLICY -> named(value, OverflowPolicy.class);
                case FORWARDED_HEADERS -> named(value, ForwardedHeaders.class);
                case ORIGIN_POLICY -> origins(value);
                case ADDRESSES -> addresses(value);
                case EXECUTOR -> typed(value, Executor.class);
                case UNCAUGHT_EXCEPTION_HANDLER -> typed(value, UncaughtExceptionHandler.class);
            };
        } catch (InvalidExtensionException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(complaint(option, value, e.getMessage()), e);
        }
    }

    /** The range of an option in one phrase, or "" for a type without one. */
    static String range(Option option) {
        return switch (option.type()) {
            case SIZE -> (long) option.minimum() + " to " + (long) option.maximum();
            case SECONDS ->
                option.minimum() == 0
                        ? "0, or " + plain(SHORTEST.toNanos() / 1e9) + " to " + plain(option.maximum())
                        : plain(option.minimum()) + " to " + plain(option.maximum());
            default -> "";
        };
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static String complaint(Option option, Object value, String detail) {
        String range = range(option);
        return "Option " + option.key() + ": " + shown(option, value) + " is not allowed; allowed: "
                + option.type().allowed() + (range.isEmpty() ? "" : ", " + range)
                + (detail == null ? "" : " (" + detail + ")");
    }

    /** The value if it is a plain one, otherwise its type alone: header fields and objects may hold secrets. */
    private static String shown(Option option, Object value) {
        boolean plain = value instanceof String || value instanceof Number || value instanceof Duration;
        return plain && option.type() != Option.Type.HEADERS ? "'" + value + "'" : typeOf(value);
    }

    private static String typeOf(Object value) {
        return value == null ? "null" : value.getClass().getName();
    }

    private static IllegalArgumentException unfit(String detail) {
        return new IllegalArgumentException(detail);
    }

    // -- numbers ------------------------------------------------------------------------------------------------------

    private static Long size(Option option, Object value) {
        BigDecimal number = decimal(value);
        if (number.signum() == 0 && option == Option.MAX_LENGTH) {
            return null;
        }
        try {
            long size = number.longValueExact();
            if (size >= (long) option.minimum() && size <= (long) option.maximum()) {
                return size;
            }
            throw unfit(null);
        } catch (ArithmeticException e) {
            throw unfit(null);
        }
    }

    private static Duration seconds(Option option, Object value) {
        Duration duration = value instanceof Duration given
                ? given
                : duration(decimal(value).doubleValue());
        boolean tooShort = !duration.isZero() && duration.compareTo(SHORTEST) < 0;
        if (tooShort
                || duration.compareTo(duration(option.minimum())) < 0
                || duration.compareTo(duration(option.maximum())) > 0) {
            throw unfit(null);
        }
        return duration;
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static BigDecimal decimal(Object value) {
        if (!(value instanceof Number) && !(value instanceof String)) {
            throw unfit(null);
        }
        try {
            return new BigDecimal(value.toString().strip());
        } catch (NumberFormatException e) {
            throw unfit(null);
        }
    }

    // -- header fields ------------------------------------------------------------------------------------------------

    private static Headers headers(Object value) {
        Headers headers;
        if (value instanceof Headers given) {
            headers = given;
        } else if (value instanceof Map<?, ?> map) {
            headers = headers(map);
        } else {
            headers = headers(typed(value, String.class));
        }
        headers.requireAllowedInHandshake();
        return headers;
    }

    private static Headers headers(Map<?, ?> map) {
        Headers headers = Headers.EMPTY;
        for (Map.Entry<?, ?> field : map.entrySet()) {
            Collection<?> values = field.getValue() instanceof Collection<?> several
                    ? several
                    : field.getValue() == null ? List.of() : List.of(field.getValue());
            for (Object value : values) {
                headers = headers.with(String.valueOf(field.getKey()), String.valueOf(value));
            }
        }
        return headers;
    }

    private static Headers headers(String lines) {
        Headers headers = Headers.EMPTY;
        for (String line : lines.lines().filter(text -> !text.isBlank()).toList()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw unfit("a line without a colon");
            }
            headers = headers.with(line.substring(0, colon), line.substring(colon + 1));
        }
        return headers;
    }

    // -- extensions ---------------------------------------------------------------------------------------------------

    private static List<Extension> extensions(Object value) {
        Collection<?> given = value instanceof Collection<?> collection ? collection : List.of(value);
        List<Extension> extensions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Object element : given) {
            Extension extension = typed(element, Extension.class);
            String name = extension.name();
            if (name == null) {
                throw new InvalidExtensionException("extension.name must be a string");
            }
            if (!FieldGrammar.isToken(name)) {
                throw new InvalidExtensionException("extension.name must be a token, not \"" + name + "\"");
            }
            if (!names.add(name)) {
                throw new InvalidExtensionException("An extension with name \"" + name + "\" is already registered");
            }
            extensions.add(extension);
        }
        return List.copyOf(extensions);
    }

    // -- policies and addresses ---------------------------------------------------------------------------------------

    private static <E extends Enum<E>> E named(Object value, Class<E> type) {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        String name = typed(value, String.class).strip();
        return Stream.of(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unfit(null));
    }

    private static OriginPolicy origins(Object value) {
        if (value instanceof OriginPolicy policy) {
            return policy;
        }
        List<String> texts = texts(value);
        for (StandardOriginPolicy standard : StandardOriginPolicy.values()) {
            if (texts.equals(List.of(standard.toString()))) {
                return standard;
            }
        }
        return OriginPolicy.allowList(texts.toArray(String[]::new));
    }

    private static AddressRanges addresses(Object value) {
        return value instanceof AddressRanges ranges ? ranges : AddressRanges.parse(texts(value));
    }

    // -- forms --------------------------------------------------------------------------------------------------------

    private static List<String> texts(Object value) {
        Collection<?> elements = value instanceof Collection<?> collection
                ? collection
                : value instanceof String[] array
                        ? Arrays.asList(array)
                        : List.of(typed(value, String.class).split(","));
        return elements.stream()
                .map(element -> typed(element, String.class).strip())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static <T> T typed(Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw unfit("found " + typeOf(value));
        }
        return type.cast(value);
    }

    /** Carries the original's own message for an extension that cannot be registered (S-162). */
    private static final class InvalidExtensionException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        InvalidExtensionException(String message) {
            super(message);
        }
    }
}

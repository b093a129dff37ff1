package io.jackfield.api.extension;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The parameters of one extension offer or response, in order, repetitions included.
 *
 * @param list the parameters as they stand in the header field; immutable
 */
public record ExtensionParameters(List<ExtensionParameter> list) {

    /** No parameters. */
    public static final ExtensionParameters EMPTY = new ExtensionParameters(List.of());

    /**
     * Copies the list.
     *
     * @param list no null in it
     */
    public ExtensionParameters {
        list = List.copyOf(list);
    }

    /**
     * The parameters given one by one.
     *
     * @param parameters in their order
     * @return immutable parameters
     */
    public static ExtensionParameters of(ExtensionParameter... parameters) {
        return new ExtensionParameters(List.of(parameters));
    }

    /**
     * Whether a parameter is there, with or without a value.
     *
     * @param name the exact name
     * @return true if it stands at least once
     */
    public boolean contains(String name) {
        return first(name).isPresent();
    }

    /**
     * The first parameter of a name.
     *
     * @param name the exact name
     * @return the parameter, or empty
     */
    public Optional<ExtensionParameter> first(String name) {
        return list.stream().filter(parameter -> parameter.name().equals(name)).findFirst();
    }

    /**
     * All parameters of a name, in order.
     *
     * @param name the exact name
     * @return the parameters; empty if there are none
     */
    public List<ExtensionParameter> all(String name) {
        return list.stream().filter(parameter -> parameter.name().equals(name)).toList();
    }

    /**
     * Whether there are no parameters.
     *
     * @return true if the list is empty
     */
    public boolean isEmpty() {
        return list.isEmpty();
    }

    /**
     * These parameters and a flag behind them.
     *
     * @param name a token
     * @return new parameters
     */
    public ExtensionParameters with(String name) {
        return with(ExtensionParameter.flag(name));
    }

    /**
     * These parameters and one with a value behind them.
     *
     * @param name a token
     * @param value the value, not null, sent as its {@code toString()}
     * @return new parameters
     */
    public ExtensionParameters with(String name, Object value) {
        return with(new ExtensionParameter(
                name, Objects.requireNonNull(value, "value").toString()));
    }

    private ExtensionParameters with(ExtensionParameter parameter) {
        List<ExtensionParameter> longer = new ArrayList<>(list);
        longer.add(parameter);
        return new ExtensionParameters(longer);
    }

    /** The parameters as one reads them in logs: {@code a; b=1}. */
    @Override
    public String toString() {
        return list.stream()
                .map(parameter -> parameter.isFlag() ? parameter.name() : parameter.name() + "=" + parameter.value())
                .collect(Collectors.joining("; "));
    }
}

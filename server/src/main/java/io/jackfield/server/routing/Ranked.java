package io.jackfield.server.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A list that is read often and changed seldom, the highest ranking first, among equals the first that came. Thread-safe.
 *
 * @param <T> the type of the elements, compared by identity
 */
public final class Ranked<T> {

    private record Entry<T>(T element, int ranking) {}

    private volatile List<Entry<T>> entries = List.of();
    private volatile List<T> elements = List.of();

    /** An empty list. */
    public Ranked() {}

    /**
     * Adds an element.
     *
     * @param element the element
     * @param ranking its ranking
     */
    public synchronized void add(T element, int ranking) {
        List<Entry<T>> changed = new ArrayList<>(entries);
        changed.add(new Entry<>(element, ranking));
        // The sort is stable: among equals the first that came stays first.
        changed.sort(
                Comparator.comparingInt((Entry<T> entry) -> entry.ranking()).reversed());
        replace(changed);
    }

    /**
     * Removes an element.
     *
     * @param element the very element
     * @return whether it was there
     */
    public synchronized boolean remove(T element) {
        List<Entry<T>> changed = new ArrayList<>(entries);
        boolean removed = changed.removeIf(entry -> entry.element() == element);
        replace(changed);
        return removed;
    }

    /**
     * Puts another element in the place of each.
     *
     * @param successor gives the other
     */
    public synchronized void replaceAll(UnaryOperator<T> successor) {
        replace(entries.stream()
                .map(entry -> new Entry<>(successor.apply(entry.element()), entry.ranking()))
                .toList());
    }

    /**
     * The elements now.
     *
     * @return an immutable list
     */
    public List<T> elements() {
        return elements;
    }

    private void replace(List<Entry<T>> changed) {
        entries = List.copyOf(changed);
        elements = entries.stream().map(Entry::element).toList();
    }
}

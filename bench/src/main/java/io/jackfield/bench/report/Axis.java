package io.jackfield.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Values on a line of a drawing, in powers: what matters here are ratios.
 *
 * @param min the value at the beginning, above 0
 * @param max the value at the end
 * @param from pixels at the beginning
 * @param to pixels at the end
 */
record Axis(double min, double max, double from, double to) {

    private static final int[] STEPS = {1, 2, 5};
    private static final int CROWDED = 9;

    /** Around all these values, to the next step of 1, 2, 5, 10. */
    static Axis around(List<Double> values, double from, double to) {
        double smallest = values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
        double largest = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        List<Double> steps = steps(smallest / 10, largest * 10);
        double min = steps.stream()
                .filter(step -> step <= smallest)
                .reduce((a, b) -> b)
                .orElse(smallest);
        double max = steps.stream().filter(step -> step >= largest).findFirst().orElse(largest);
        return new Axis(min, max > min ? max : min * 2, from, to);
    }

    private static List<Double> steps(double min, double max) {
        List<Double> steps = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(min)); Math.pow(10, power) <= max; power++) {
            for (int step : STEPS) {
                steps.add(step * Math.pow(10, power));
            }
        }
        return steps;
    }

    double at(double value) {
        double part = Math.log(Math.max(min, Math.min(max, value)) / min) / Math.log(max / min);
        return from + part * (to - from);
    }

    /** Where to draw lines: not too many. */
    List<Double> ticks() {
        double tolerance = 1.0001;
        List<Double> all = steps(min, max).stream()
                .filter(step -> step >= min / tolerance && step <= max * tolerance)
                .toList();
        if (all.size() <= CROWDED) {
            return all;
        }
        return all.stream()
                .filter(step -> Math.abs(Math.log10(step) - Math.rint(Math.log10(step))) < 1e-6)
                .toList();
    }

    static String label(double value) {
        if (value >= 1e6) {
            return String.format(Locale.ROOT, "%.3gM", value / 1e6).replaceAll("\\.?0+M", "M");
        }
        if (value >= 1e4) {
            return String.format(Locale.ROOT, "%.0fk", value / 1e3);
        }
        return value >= 10
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.3g", value).replaceAll("\\.0+$|(\\.[0-9]*?)0+$", "$1");
    }
}

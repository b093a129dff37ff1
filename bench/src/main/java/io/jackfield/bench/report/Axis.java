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

    private static final double[] STEPS = {1, 2, 5};
    private static final double[] FINE_STEPS = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8};
    private static final int SPARSE = 4;
    private static final int CROWDED = 9;
    private static final double TOLERANCE = 1.0001;

    /** Around all these values, to the next step of 1, 2, 5, 10. */
    static Axis around(List<Double> values, double from, double to) {
        double smallest = values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
        double largest = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        List<Double> steps = steps(STEPS, smallest / 10, largest * 10);
        double min = steps.stream()
                .filter(step -> step <= smallest)
                .reduce((a, b) -> b)
                .orElse(smallest);
        double max = steps.stream().filter(step -> step >= largest).findFirst().orElse(largest);
        return new Axis(min, max > min ? max : min * 2, from, to);
    }

    private static List<Double> steps(double[] ofTen, double min, double max) {
        List<Double> steps = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(min)); Math.pow(10, power) <= max; power++) {
            for (double step : ofTen) {
                steps.add(step * Math.pow(10, power));
            }
        }
        return steps;
    }

    double at(double value) {
        double part = Math.log(Math.max(min, Math.min(max, value)) / min) / Math.log(max / min);
        return from + part * (to - from);
    }

    /** Where to draw lines: neither too many nor too few. */
    List<Double> ticks() {
        List<Double> ticks = within(STEPS);
        if (ticks.size() < SPARSE) {
            return within(FINE_STEPS);
        }
        return ticks.size() > CROWDED ? within(new double[] {1}) : ticks;
    }

    private List<Double> within(double[] ofTen) {
        return steps(ofTen, min, max * TOLERANCE).stream()
                .filter(step -> step >= min / TOLERANCE && step <= max * TOLERANCE)
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

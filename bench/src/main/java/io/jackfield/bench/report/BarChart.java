package io.jackfield.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Bars in groups, side by side, on an axis in powers. */
final class BarChart {

    private static final int WIDTH = 900;
    private static final int LEFT = 300;
    private static final int RIGHT = 840;
    private static final int TOP = 50;
    private static final int BAR = 13;
    private static final int GAP = 16;

    private final String title;
    private final String format;
    private final double origin;
    private final Map<String, Map<String, Double>> groups = new LinkedHashMap<>();

    /**
     * An empty chart.
     *
     * @param format of the value beside a bar
     * @param origin where bars begin: the axis is one of powers and has no zero
     */
    BarChart(String title, String format, double origin) {
        this.title = title;
        this.format = format;
        this.origin = origin;
    }

    void add(String group, String server, double value) {
        groups.computeIfAbsent(group, key -> new LinkedHashMap<>()).put(server, value);
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    /** Draws; a line marks the value 1 if there is such a thing. */
    String draw(boolean markOne) {
        List<Double> values = new ArrayList<>(List.of(origin));
        int bars = 0;
        for (Map<String, Double> group : groups.values()) {
            values.addAll(group.values());
            bars += group.size();
        }
        Axis axis = Axis.around(values, LEFT, RIGHT);
        int bottom = TOP + bars * BAR + groups.size() * GAP;
        Svg svg = new Svg(WIDTH, bottom + 30);
        svg.title(title);
        for (double tick : axis.ticks()) {
            svg.line(axis.at(tick), TOP - 8, axis.at(tick), bottom, "grid");
            svg.text(axis.at(tick), bottom + 16, Svg.Anchor.MIDDLE, Axis.label(tick));
        }
        double y = TOP;
        for (Map.Entry<String, Map<String, Double>> group : groups.entrySet()) {
            svg.text(10, y + BAR - 2, Svg.Anchor.START, group.getKey());
            for (Map.Entry<String, Double> bar : group.getValue().entrySet()) {
                double end = axis.at(bar.getValue());
                svg.text(LEFT - 6, y + BAR - 2, Svg.Anchor.END, bar.getKey());
                svg.bar(LEFT, y, Math.max(1, end - LEFT), BAR - 2, Palette.of(bar.getKey()));
                svg.text(end + 4, y + BAR - 2, Svg.Anchor.START, String.format(Locale.ROOT, format, bar.getValue()));
                y += BAR;
            }
            y += GAP;
        }
        if (markOne) {
            svg.line(axis.at(1), TOP - 8, axis.at(1), bottom, "limit");
        }
        return svg.toString();
    }
}

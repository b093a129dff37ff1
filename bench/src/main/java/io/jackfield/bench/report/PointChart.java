package io.jackfield.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Points on two axes in powers, joined by server or each with a name. */
final class PointChart {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 480;
    private static final int LEFT = 80;
    private static final int RIGHT = 720;
    private static final int TOP = 45;
    private static final int BOTTOM = 420;
    private static final int LEGEND = 740;
    private static final int ROW = 20;

    private final String title;
    private final String xTitle;
    private final String yTitle;
    private final Map<String, List<Point>> series = new LinkedHashMap<>();

    private record Point(double x, double y, String label) {}

    PointChart(String title, String xTitle, String yTitle) {
        this.title = title;
        this.xTitle = xTitle;
        this.yTitle = yTitle;
    }

    /** Adds a point; one without a label is joined with the one before. */
    void add(String server, double x, double y, String label) {
        series.computeIfAbsent(server, key -> new ArrayList<>()).add(new Point(x, y, label));
    }

    boolean isEmpty() {
        return series.isEmpty();
    }

    String draw() {
        List<Point> all = series.values().stream().flatMap(List::stream).toList();
        Axis horizontal = Axis.around(all.stream().map(Point::x).toList(), LEFT, RIGHT);
        Axis vertical = Axis.around(all.stream().map(Point::y).toList(), BOTTOM, TOP);
        Svg svg = new Svg(WIDTH, HEIGHT);
        svg.title(title);
        for (double tick : horizontal.ticks()) {
            svg.line(horizontal.at(tick), TOP, horizontal.at(tick), BOTTOM, "grid");
            svg.text(horizontal.at(tick), BOTTOM + 18, Svg.Anchor.MIDDLE, Axis.label(tick));
        }
        for (double tick : vertical.ticks()) {
            svg.line(LEFT, vertical.at(tick), RIGHT, vertical.at(tick), "grid");
            svg.text(LEFT - 8, vertical.at(tick) + 4, Svg.Anchor.END, Axis.label(tick));
        }
        svg.text((LEFT + RIGHT) / 2.0, BOTTOM + 42, Svg.Anchor.MIDDLE, xTitle);
        svg.text(LEFT, TOP - 8, Svg.Anchor.START, yTitle);
        int row = TOP + ROW;
        for (Map.Entry<String, List<Point>> line : series.entrySet()) {
            String colour = Palette.of(line.getKey());
            draw(svg, line.getValue(), colour, horizontal, vertical);
            svg.dot(LEGEND, row - 4, colour);
            svg.text(LEGEND + 12, row, Svg.Anchor.START, line.getKey());
            row += ROW;
        }
        return svg.toString();
    }

    private static void draw(Svg svg, List<Point> points, String colour, Axis horizontal, Axis vertical) {
        Point before = null;
        for (Point point : points) {
            double x = horizontal.at(point.x());
            double y = vertical.at(point.y());
            if (!point.label().isEmpty()) {
                svg.text(x + 7, y + 4, Svg.Anchor.START, point.label());
            } else if (before != null) {
                svg.stroke(horizontal.at(before.x()), vertical.at(before.y()), x, y, colour);
            }
            svg.dot(x, y, colour);
            before = point;
        }
    }
}

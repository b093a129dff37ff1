package io.jackfield.bench.report;

import java.util.Locale;

/** A drawing as text, legible on light and on dark pages. Lengths are pixels. */
final class Svg {

    private static final String STYLE = """
            text { font: 12px system-ui, sans-serif; fill: #24292f }
            .title { font-size: 15px; font-weight: 600 }
            .grid { stroke: #8886; stroke-width: 1 }
            .limit { stroke: #d1242f; stroke-width: 1.5; stroke-dasharray: 5 3 }
            @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } }
            """;

    private final StringBuilder elements = new StringBuilder();
    private final int width;
    private final int height;

    Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** Where a text's position lies in it. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    void text(double x, double y, Anchor anchor, String text) {
        add(
                "<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>",
                x, y, anchor.name().toLowerCase(Locale.ROOT), escape(text));
    }

    void title(String text) {
        add("<text x='10' y='22' class='title'>%s</text>", escape(text));
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' class='%s'/>", x1, y1, x2, y2, style);
    }

    void stroke(double x1, double y1, double x2, double y2, String colour) {
        add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s' stroke-width='2'/>", x1, y1, x2, y2, colour);
    }

    void bar(double x, double y, double barWidth, double barHeight, String colour) {
        add(
                "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'/>",
                x, y, Math.max(0, barWidth), barHeight, colour);
    }

    void dot(double x, double y, String colour) {
        add("<circle cx='%.1f' cy='%.1f' r='4.5' fill='%s'/>", x, y, colour);
    }

    private void add(String format, Object... values) {
        elements.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d'>%n<style>%n%s</style>%n%s</svg>%n",
                width,
                height,
                width,
                height,
                STYLE,
                elements);
    }
}

package io.jackfield.architecture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Draws a graph as SVG, in layers from left to right: who uses stands left of whom it uses. The same graph gives the same
 * bytes. An arrow over more than one layer has a bend in each, which keeps it from running behind boxes.
 */
final class GraphPicture {

    private static final double LETTER = 7.9;
    private static final double HEIGHT = 34;
    private static final double ROW = 14;
    private static final double COLUMN = 48;
    private static final double BEND = 8;
    private static final double MARGIN = 12;
    private static final int SWEEPS = 8;

    /** A box, or a bend if it has no name. */
    private static final class Node {
        private final String name;
        private final List<Node> next = new ArrayList<>();
        private final List<Node> previous = new ArrayList<>();
        private double x;
        private double y;
        private double width;

        Node(String name) {
            this.name = name;
        }

        /** Without what all have in common. */
        String label() {
            return name.replaceFirst("^io\\.jackfield\\.", "");
        }

        boolean isBend() {
            return name == null;
        }

        double height() {
            return isBend() ? BEND : HEIGHT;
        }

        double middle() {
            return y + height() / 2;
        }
    }

    private final String title;
    private final Predicate<String> isPale;
    private final List<List<Node>> layers = new ArrayList<>();
    private final Map<String, Node> boxes = new HashMap<>();

    private GraphPicture(String title, Predicate<String> isPale) {
        this.title = title;
        this.isPale = isPale;
    }

    static String draw(PackageGraph graph, String title, Predicate<String> isPale) {
        GraphPicture picture = new GraphPicture(title, isPale);
        picture.place(graph.reduced());
        picture.order();
        picture.measure();
        return picture.svg();
    }

    private void place(PackageGraph graph) {
        int deepest =
                graph.uses().keySet().stream().mapToInt(graph::depth).max().orElse(0);
        for (int i = 0; i <= deepest; i++) {
            layers.add(new ArrayList<>());
        }
        Map<String, Integer> layer = new HashMap<>();
        for (String name : graph.uses().keySet()) {
            layer.put(name, deepest - graph.depth(name));
            boxes.put(name, new Node(name));
            layers.get(layer.get(name)).add(boxes.get(name));
        }
        graph.uses().forEach((name, used) -> {
            for (String target : used) {
                Node from = boxes.get(name);
                for (int between = layer.get(name) + 1; between < layer.get(target); between++) {
                    Node bend = new Node(null);
                    layers.get(between).add(bend);
                    connect(from, bend);
                    from = bend;
                }
                connect(from, boxes.get(target));
            }
        });
    }

    private static void connect(Node from, Node to) {
        from.next.add(to);
        to.previous.add(from);
    }

    /** Puts each node at the height of its neighbours, again and again, so that few arrows cross. */
    private void order() {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean forth = sweep % 2 == 0;
            for (int i = 0; i < layers.size(); i++) {
                List<Node> layer = layers.get(forth ? i : layers.size() - 1 - i);
                Function<Node, List<Node>> neighbours = forth ? node -> node.previous : node -> node.next;
                Map<Node, Double> wanted = new HashMap<>();
                for (int place = 0; place < layer.size(); place++) {
                    Node node = layer.get(place);
                    double own = place;
                    wanted.put(
                            node,
                            neighbours.apply(node).stream()
                                    .mapToDouble(this::relativePlace)
                                    .average()
                                    .orElse(own / layer.size()));
                }
                layer.sort(Comparator.comparing(wanted::get));
            }
        }
    }

    private double relativePlace(Node node) {
        for (List<Node> layer : layers) {
            int place = layer.indexOf(node);
            if (place >= 0) {
                return (place + 0.5) / layer.size();
            }
        }
        throw new IllegalStateException();
    }

    private void measure() {
        double x = MARGIN;
        double tallest = layers.stream().mapToDouble(GraphPicture::height).max().orElse(0);
        for (List<Node> layer : layers) {
            double width = layer.stream()
                    .filter(node -> !node.isBend())
                    .mapToDouble(node -> node.label().length() * LETTER + 24)
                    .max()
                    .orElse(0);
            double y = MARGIN + (tallest - height(layer)) / 2;
            for (Node node : layer) {
                node.x = x;
                node.y = y;
                node.width = width;
                y += node.height() + ROW;
            }
            x += width + COLUMN;
        }
    }

    private static double height(List<Node> layer) {
        return layer.stream().mapToDouble(node -> node.height() + ROW).sum() - ROW;
    }

    private String svg() {
        double width = layers.stream()
                .flatMap(List::stream)
                .mapToDouble(node -> node.x + node.width)
                .max()
                .orElse(0);
        double height = layers.stream()
                .flatMap(List::stream)
                .mapToDouble(node -> node.y + node.height())
                .max()
                .orElse(0);
        String head = """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" role="img">
                <!-- Made by PackagePictureTest from the classes. -->
                <title>%3$s</title>
                <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">\
                <path d="M0 0 8 4 0 8z" fill="#7d8a88"/></marker></defs>
                """.formatted(number(width + MARGIN), number(height + MARGIN), title);
        String arrows = layers.stream()
                .flatMap(List::stream)
                .filter(node -> !node.isBend())
                .flatMap(node -> node.next.stream().map(next -> arrow(node, next)))
                .collect(Collectors.joining());
        String all = layers.stream()
                .flatMap(List::stream)
                .filter(node -> !node.isBend())
                .map(this::box)
                .collect(Collectors.joining());
        return head
                + "<g fill=\"none\" stroke=\"#7d8a88\" stroke-width=\"1.5\">\n" + arrows + "</g>\n"
                + "<g font-family=\"ui-monospace, DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"13\""
                + " fill=\"#ffffff\" text-anchor=\"middle\">\n" + all + "</g>\n</svg>\n";
    }

    /** From a box along its bends to the next box. */
    private static String arrow(Node from, Node first) {
        StringBuilder path =
                new StringBuilder("<path marker-end=\"url(#tip)\" d=\"M" + point(from.x + from.width, from.middle()));
        Node before = from;
        Node next = first;
        while (true) {
            double start = before.x + before.width;
            double half = (next.x - start) / 2;
            path.append(" C").append(point(start + half, before.middle()));
            path.append(' ').append(point(next.x - half, next.middle()));
            path.append(' ').append(point(next.x, next.middle()));
            if (!next.isBend()) {
                return path.append("\"/>\n").toString();
            }
            path.append(" H").append(number(next.x + next.width));
            before = next;
            next = next.next.get(0);
        }
    }

    private String box(Node node) {
        return "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"7\" fill=\"%s\"/><text x=\"%s\" y=\"%s\">%s</text>\n"
                .formatted(
                        number(node.x),
                        number(node.y),
                        number(node.width),
                        number(HEIGHT),
                        isPale.test(node.name) ? "#5a6766" : "#0f6b64",
                        number(node.x + node.width / 2),
                        number(node.middle() + 4.5),
                        node.label());
    }

    private static String point(double x, double y) {
        return number(x) + " " + number(y);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value).replace(".0", "");
    }
}

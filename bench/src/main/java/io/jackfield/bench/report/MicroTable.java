package io.jackfield.bench.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JMH's results: a row for each piece of work, a column for each who does it. */
public final class MicroTable {

    private static final List<String> IMPLEMENTATIONS = List.of("limit", "jackfield", "netty", "jetty");
    private static final Pattern METHOD = Pattern.compile("(limit|jackfield|netty|jetty)(.*)");

    /** Time and bytes of the heap for one operation. */
    private record Figure(double nanos, double error, double allocated) {}

    private final Map<String, Map<String, Figure>> rows = new LinkedHashMap<>();

    private MicroTable() {}

    public static MicroTable read(Path file) throws IOException {
        MicroTable table = new MicroTable();
        JsonArray results = JsonParser.parseString(Files.readString(file)).getAsJsonArray();
        for (JsonElement result : results) {
            table.add(result.getAsJsonObject());
        }
        return table;
    }

    private void add(JsonObject result) {
        String[] name = result.get("benchmark").getAsString().split("\\.");
        Matcher method = METHOD.matcher(name[name.length - 1]);
        if (!method.matches()) {
            throw new IllegalArgumentException("Whose is " + name[name.length - 1] + "?");
        }
        List<String> row = new ArrayList<>(List.of(name[name.length - 2], method.group(2)));
        if (result.has("params")) {
            result.getAsJsonObject("params")
                    .entrySet()
                    .forEach(each -> row.add(each.getValue().getAsString()));
        }
        JsonObject time = result.getAsJsonObject("primaryMetric");
        JsonObject allocated = result.getAsJsonObject("secondaryMetrics").getAsJsonObject("gc.alloc.rate.norm");
        rows.computeIfAbsent(
                        String.join(" ", row).replace("  ", " ").strip().toLowerCase(Locale.ROOT),
                        key -> new LinkedHashMap<>())
                .put(
                        method.group(1),
                        new Figure(
                                time.get("score").getAsDouble(),
                                time.get("scoreError").getAsDouble(),
                                allocated.get("score").getAsDouble()));
    }

    /** Time with its error at 99.9 %, and behind it what is allocated; the last column is the limit's time as a part of ours. */
    public String markdown() {
        StringBuilder table = new StringBuilder("| ns, B allocated | " + String.join(" | ", IMPLEMENTATIONS)
                + " | jackfield's part of the limit |\n|---|---:|---:|---:|---:|---:|\n");
        rows.forEach((name, figures) -> {
            table.append("| ").append(name).append(" |");
            IMPLEMENTATIONS.forEach(each -> table.append(cell(figures.get(each))));
            table.append(part(figures.get("limit"), figures.get("jackfield"))).append('\n');
        });
        return table.toString();
    }

    private static String cell(Figure figure) {
        return figure == null
                ? " – |"
                : String.format(Locale.ROOT, " %,.0f ± %,.0f, %,.0f B |", figure.nanos, figure.error, figure.allocated);
    }

    private static String part(Figure limit, Figure ours) {
        return limit == null || ours == null ? " – |" : String.format(Locale.ROOT, " %.2f |", limit.nanos / ours.nanos);
    }
}

package io.jackfield.bench.report;

import io.jackfield.bench.server.Servers;
import java.util.List;

/** One colour for each server in all drawings, seen well on light and dark. */
final class Palette {

    private static final List<String> COLOURS = List.of(
            "#8c959f", "#5f7f8f", "#e8590c", "#f59f00", "#fab005", "#1971c2", "#4dabf7", "#7048e8", "#2f9e44",
            "#c2255c", "#0c8599", "#a8763e");

    private Palette() {}

    static String of(String server) {
        int index = Servers.names().indexOf(server);
        return COLOURS.get(Math.floorMod(index, COLOURS.size()));
    }
}

package io.jackfield.itest;

import java.util.List;
import java.util.Locale;

/** An HTTP response as it was on the wire. */
record HttpAnswer(int status, List<String> lines, String body) {

    static HttpAnswer parse(String head) {
        List<String> lines = List.of(head.split("\r\n"));
        return new HttpAnswer(Integer.parseInt(lines.get(0).split(" ")[1]), lines, "");
    }

    HttpAnswer withBody(String text) {
        return new HttpAnswer(status, lines, text);
    }

    /** The values of a field, in order. */
    List<String> fields(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return lines.stream()
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    /** 0 if the field is not there. */
    int contentLength() {
        return fields("Content-Length").stream().mapToInt(Integer::parseInt).sum();
    }
}

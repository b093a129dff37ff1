package io.jackfield.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What becomes of a request head: the oracle, which reads the whole text with the grammars of RFC 9112 and RFC 3986 as
 * regular expressions, and the choices of docs/security.md.
 *
 * @param status 200 for a head that is taken, 0 for one that is not complete, else that of the refusal
 * @param lines the request line and the fields of a head that is taken
 * @param length how many bytes belong to a head that is taken
 */
record RequestHead(int status, List<String> lines, int length) {

    private static final int OK = 200;

    private static final String TCHAR = "[!#$%&'*+.^_`|~0-9A-Za-z-]";
    private static final String PCT = "%[0-9A-Fa-f]{2}";
    private static final String DEC_OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String IPV4 = DEC_OCTET + "(?:\\." + DEC_OCTET + "){3}";
    private static final String H16 = "[0-9A-Fa-f]{1,4}";
    private static final String LS32 = "(?:" + H16 + ":" + H16 + "|" + IPV4 + ")";
    private static final String IPV6 = "(?:(?:H:){6}L|::(?:H:){5}L|(?:H)?::(?:H:){4}L|(?:(?:H:){0,1}H)?::(?:H:){3}L"
            .concat("|(?:(?:H:){0,2}H)?::(?:H:){2}L|(?:(?:H:){0,3}H)?::H:L|(?:(?:H:){0,4}H)?::L")
            .concat("|(?:(?:H:){0,5}H)?::H|(?:(?:H:){0,6}H)?::)")
            .replace("H", H16)
            .replace("L", LS32);
    private static final String SUB_DELIMS_AND_UNRESERVED = "A-Za-z0-9._~!$&'()*+,;=-";
    private static final String IP_FUTURE = "[vV][0-9A-Fa-f]+\\.[:" + SUB_DELIMS_AND_UNRESERVED + "]+";
    private static final String HOST =
            "(?:\\[(?:" + IPV6 + "|" + IP_FUTURE + ")\\]|(?:[" + SUB_DELIMS_AND_UNRESERVED + "]|" + PCT + ")++)";
    private static final Pattern AUTHORITY = Pattern.compile(HOST + "(?::(\\d{0,5}))?");

    private static final Pattern REQUEST_LINE =
            Pattern.compile("(" + TCHAR + "+) ([^ ]*) (HTTP/(\\d)\\.\\d)", Pattern.DOTALL);
    private static final Pattern ABSOLUTE =
            Pattern.compile("(?i:https?|wss?)://([^/?]*)(/?[^?]*)(\\?.*)?", Pattern.DOTALL);

    /** Visible but for what no browser sends; a percent sign begins a code in the path, and may stray in the query. */
    private static final Pattern PATH_AND_QUERY = Pattern.compile("(?:[!$&-;=@-~]|" + PCT + ")*+(?:\\?[!$-;=?-~]*+)?");

    private static final Pattern FIELD = Pattern.compile("(" + TCHAR + "+):[ \t]*(.*?)[ \t]*", Pattern.DOTALL);
    private static final Pattern CHUNKED_LAST =
            Pattern.compile("(?:.*,)?[ \t]*chunked[ \t]*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f]");

    static RequestHead incomplete() {
        return new RequestHead(0, List.of(), 0);
    }

    static RequestHead refused(int status) {
        return new RequestHead(status, List.of(), 0);
    }

    static RequestHead complete(List<String> lines, int length) {
        return new RequestHead(OK, lines, length);
    }

    /** What must become of a text of octets. */
    static RequestHead of(String input) {
        boolean isCut = input.length() >= RequestHeadTarget.MAX_HEAD_LENGTH;
        String text = isCut ? input.substring(0, RequestHeadTarget.MAX_HEAD_LENGTH) : input;
        List<String> lines = new ArrayList<>();
        int emptyLines = 0;
        int at = 0;
        Matcher control = CONTROL.matcher(text);
        while (control.find(at)) {
            int end = control.start();
            if (text.charAt(end) == '\r' && end + 1 == text.length()) {
                break;
            }
            if (!text.startsWith("\r\n", end)) {
                return refused(400);
            }
            String line = text.substring(at, end);
            at = end + 2;
            if (line.isEmpty() && lines.isEmpty()) {
                if (++emptyLines > 4) {
                    return refused(400);
                }
            } else if (line.isEmpty()) {
                return judge(lines, at);
            } else {
                int status = lines.isEmpty() ? requestLine(line) : fieldLine(line, lines.size());
                if (status != OK) {
                    return refused(status);
                }
                lines.add(line);
            }
        }
        if (!isCut) {
            return incomplete();
        }
        return refused(lines.isEmpty() ? 414 : 431);
    }

    private static int requestLine(String line) {
        Matcher parts = REQUEST_LINE.matcher(line);
        if (!parts.matches()) {
            return 400;
        }
        if (!parts.group(4).equals("1")) {
            return 505;
        }
        if (parts.group(1).equals("CONNECT")) {
            return 501;
        }
        return target(parts.group(1), parts.group(2)) == null ? 400 : OK;
    }

    private static int fieldLine(String line, int before) {
        if (!FIELD.matcher(line).matches()) {
            return 400;
        }
        return before > RequestHeadTarget.MAX_HEADERS ? 431 : OK;
    }

    /** Authority, or "", and path and query; null if it is no target. */
    private static String[] target(String method, String target) {
        if (target.equals("*")) {
            return method.equals("OPTIONS") ? new String[] {"", "*"} : null;
        }
        if (target.startsWith("/")) {
            return PATH_AND_QUERY.matcher(target).matches() ? new String[] {"", target} : null;
        }
        Matcher absolute = ABSOLUTE.matcher(target);
        if (!absolute.matches() || !isAuthority(absolute.group(1))) {
            return null;
        }
        String rest = target.substring(absolute.end(1));
        String pathAndQuery = rest.startsWith("/") ? rest : "/" + rest;
        return PATH_AND_QUERY.matcher(pathAndQuery).matches() ? new String[] {absolute.group(1), pathAndQuery} : null;
    }

    private static boolean isAuthority(String text) {
        Matcher authority = AUTHORITY.matcher(text);
        if (!authority.matches()) {
            return false;
        }
        String port = authority.group(1);
        return port == null || port.isEmpty() || Integer.parseInt(port) <= 65_535;
    }

    /** All lines are well-formed. */
    private static RequestHead judge(List<String> lines, int length) {
        Matcher requestLine = REQUEST_LINE.matcher(lines.get(0));
        requestLine.matches();
        String version = requestLine.group(3);
        List<String> hosts = new ArrayList<>();
        List<String> contentLengths = new ArrayList<>();
        List<String> codings = new ArrayList<>();
        List<String> parsed = new ArrayList<>();
        int hostAt = 0;
        for (String line : lines.subList(1, lines.size())) {
            Matcher field = FIELD.matcher(line);
            field.matches();
            String value = field.group(2);
            switch (field.group(1).toLowerCase(Locale.ROOT)) {
                case "host" -> {
                    hosts.add(value);
                    hostAt = parsed.size();
                }
                case "content-length" -> contentLengths.add(value);
                case "transfer-encoding" -> codings.add(value);
                default -> {}
            }
            parsed.add(field.group(1) + ": " + value);
        }
        boolean hostMayMiss = version.equals("HTTP/1.0");
        if (hosts.size() > 1
                || hosts.isEmpty() && !hostMayMiss
                || !hosts.stream().allMatch(RequestHead::isAuthority)) {
            return refused(400);
        }
        int bodyStatus = body(contentLengths, codings, version);
        if (bodyStatus != OK) {
            return refused(bodyStatus);
        }
        String[] target = target(requestLine.group(1), requestLine.group(2));
        if (!target[0].isEmpty()) {
            // RFC 9112 section 3.2.2: the target's authority replaces the field.
            if (hosts.isEmpty()) {
                parsed.add("Host: " + target[0]);
            } else {
                parsed.set(hostAt, "Host: " + target[0]);
            }
        }
        parsed.add(0, requestLine.group(1) + " " + target[1] + " " + version);
        return complete(parsed, length);
    }

    private static int body(List<String> contentLengths, List<String> codings, String version) {
        if (!codings.isEmpty()) {
            String all = String.join(",", codings);
            boolean isChunked = CHUNKED_LAST.matcher(all).matches();
            return contentLengths.isEmpty() && isChunked && !version.equals("HTTP/1.0") ? 413 : 400;
        }
        if (contentLengths.isEmpty()) {
            return OK;
        }
        String only = contentLengths.get(0);
        if (contentLengths.size() > 1 || !only.matches("[0-9]+")) {
            return 400;
        }
        return only.matches("0+") ? OK : 413;
    }
}

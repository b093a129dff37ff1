package io.jackfield.dist.demo;

import io.jackfield.api.Fallback;
import io.jackfield.api.Request;
import io.jackfield.api.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The page at {@code /} with its files, all of them in memory. */
final class DemoPage implements Fallback {

    /** The page loads nothing from elsewhere and runs no inline script; 'self' in connect-src covers its WebSockets. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private static final String[] FILES = {
        "index.html", "page.css", "page.js", "connection.js", "chat.js", "echo.js", "latency.js", "chart.js", "icon.svg"
    };

    private final Map<String, Response> responses;

    private DemoPage(Map<String, Response> responses) {
        this.responses = responses;
    }

    /** Reads the files, which lie beside this class. */
    static DemoPage load() {
        Map<String, Response> responses = new LinkedHashMap<>();
        for (String file : FILES) {
            responses.put("/" + file, response(file));
        }
        responses.put("/", responses.get("/index.html"));
        return new DemoPage(responses);
    }

    @Override
    public Optional<Response> respond(Request request) {
        Response response = responses.get(request.path());
        if (response == null) {
            return Optional.empty();
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> Optional.of(response);
            default -> Optional.of(Response.text(405, "Only GET and HEAD\n").header("Allow", "GET, HEAD"));
        };
    }

    private static Response response(String file) {
        String extension = file.substring(file.lastIndexOf('.') + 1);
        return Response.of(200)
                .header("Content-Type", CONTENT_TYPES.get(extension))
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("X-Content-Type-Options", "nosniff")
                // Together these isolate the page, and an isolated page gets clocks that are fine enough for round trips.
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Embedder-Policy", "require-corp")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-cache")
                .body(bytes(file));
    }

    private static byte[] bytes(String file) {
        try (InputStream in = DemoPage.class.getResourceAsStream("page/" + file)) {
            if (in == null) {
                throw new IOException("No such file in the bundle: page/" + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

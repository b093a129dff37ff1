package io.jackfield.dist.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Request;
import io.jackfield.api.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoPageTest {

    private final DemoPage page = DemoPage.load();

    @Test
    void theRootIsThePage() {
        Response response = get("/").orElseThrow();
        assertEquals(200, response.status());
        assertEquals("text/html; charset=utf-8", response.headers().first("Content-Type").orElseThrow());
        assertTrue(text(response).startsWith("<!doctype html>"));
        assertEquals(text(response), text(get("/?second=tab").orElseThrow()));
    }

    @Test
    void allThatThePageNamesIsThere() {
        Set<String> files = new TreeSet<>();
        collect("(?:src|href)=\"([^\"]+)\"", "/", files);
        for (String script : files.stream().filter(file -> file.endsWith(".js")).toList()) {
            collect("from \"\\./([^\"]+)\"", "/" + script, files);
        }
        files.remove("/");
        assertTrue(files.contains("chart.js") || files.contains("latency.js"), files.toString());
        for (String file : files) {
            assertTrue(get("/" + file).isPresent(), file);
        }
    }

    @Test
    void thePageWorksUnderItsPolicyAndWithoutOtherHosts() {
        Response response = get("/").orElseThrow();
        String policy = response.headers().first("Content-Security-Policy").orElseThrow();
        assertFalse(policy.contains("unsafe"), policy);
        String html = text(response);
        assertFalse(html.contains("style="), "inline style");
        assertFalse(Pattern.compile("<script[^>]*>[^<]").matcher(html).find(), "inline script");
        assertFalse(Pattern.compile("\\son[a-z]+=").matcher(html).find(), "inline listener");
        assertFalse(html.contains("://"), "another host");
    }

    @Test
    void onlyGetAndHeadAreAnswered() {
        assertEquals(200, respond("HEAD", "/").orElseThrow().status());
        Response refused = respond("POST", "/").orElseThrow();
        assertEquals(405, refused.status());
        assertEquals("GET, HEAD", refused.headers().first("Allow").orElseThrow());
    }

    @Test
    void whatItDoesNotHaveIsLeftToOthers() {
        assertEquals(Optional.empty(), get("/other"));
        assertEquals(Optional.empty(), get("/../DemoPage.class"));
        assertEquals(Optional.empty(), get("/echo"));
    }

    private void collect(String pattern, String path, Set<String> files) {
        Matcher matcher = Pattern.compile(pattern).matcher(text(get(path).orElseThrow()));
        while (matcher.find()) {
            files.add(matcher.group(1));
        }
    }

    private Optional<Response> get(String target) {
        return respond("GET", target);
    }

    private Optional<Response> respond(String method, String target) {
        return page.respond(Request.builder(method, target).build());
    }

    private static String text(Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}

package io.jackfield.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.server.WebSocketServer;
import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A class in a page, between <code>```java</code> and <code>```</code>.
 *
 * @param page where it stands
 * @param name the name of its public class
 * @param source its text
 */
record Snippet(Path page, String name, String source) {

    private static final Pattern BLOCK = Pattern.compile("^```java\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CLASS =
            Pattern.compile("^public (?:final )?(?:class|interface|record) (\\w+)", Pattern.MULTILINE);

    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);

    static List<Snippet> of(Path page) throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            Matcher type = CLASS.matcher(block.group(1));
            if (!type.find()) {
                throw new AssertionError(page + " has a Java block without a public class:\n" + block.group(1));
            }
            snippets.add(new Snippet(page, type.group(1), block.group(1)));
        }
        return snippets;
    }

    /** The one of that name. */
    static Snippet named(String name, Path page) throws IOException {
        return of(page).stream()
                .filter(snippet -> snippet.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(page + " has no class " + name));
    }

    /** The same with another text in one place, for what a test cannot do as a reader would. */
    Snippet with(String text, String replacement) {
        if (!source.contains(text)) {
            throw new AssertionError(page + " does not say: " + text);
        }
        return new Snippet(page, name, source.replace(text, replacement));
    }

    /**
     * Compiles it; a warning counts as an error.
     *
     * @param folder where to
     * @param classPath what it may use
     * @return what the compiler said, "" if nothing
     */
    String compile(Path folder, String classPath) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        StringWriter messages = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjects(file);
            List<String> options = List.of(
                    "-d", folder.toString(), "-cp", classPath, "-proc:none", "-Xlint:all,-path,-classfile", "-Werror");
            boolean compiled = compiler.getTask(messages, files, null, options, null, units)
                    .call();
            return compiled ? "" : page.getFileName() + ": " + messages;
        }
    }

    /**
     * The same for a test beside others: its server listens on a free port of this machine and is kept in a static field.
     *
     * @param port the one in the page, 0 if it names none
     */
    Snippet withOwnServer(int port) {
        Snippet kept = with(
                        "public class " + name + " {",
                        "public class " + name + " { public static io.jackfield.server.WebSocketServer server;")
                .with("WebSocketServer.builder()", "server = WebSocketServer.builder().host(\"127.0.0.1\").port(0)");
        return port == 0 ? kept : kept.with(".port(" + port + ")", "");
    }

    /** Runs {@code main} of one {@link #withOwnServer} and returns that server. */
    WebSocketServer run(Path folder) throws Exception {
        Class<?> program = compileAndLoad(folder);
        program.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        return (WebSocketServer) program.getField("server").get(null);
    }

    /** Compiles it with all that tests may use, and loads it. */
    Class<?> compileAndLoad(Path folder) throws IOException, ClassNotFoundException {
        assertEquals("", compile(folder, System.getProperty("java.class.path")));
        return load(folder);
    }

    /** Loads it from where it was compiled to. */
    Class<?> load(Path folder) throws MalformedURLException, ClassNotFoundException {
        URL[] here = {folder.toUri().toURL()};
        // Not closed: its classes may load others as long as they live.
        Matcher named = PACKAGE.matcher(source);
        return new URLClassLoader(here, Snippet.class.getClassLoader())
                .loadClass(named.find() ? named.group(1) + "." + name : name);
    }
}

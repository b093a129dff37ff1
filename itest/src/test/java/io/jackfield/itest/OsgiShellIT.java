package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.itest.echobundle.EchoActivator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/** Our commands in Gogo's shell, in the framework that is on the class path. */
@Tag("framework")
class OsgiShellIT {

    private static final String PROCESSOR = "org.apache.felix.service.command.CommandProcessor";
    private static final String SESSION = "org.apache.felix.service.command.CommandSession";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private OsgiFramework framework;
    private Object session;
    private Class<?> sessionType;

    @BeforeEach
    void start() throws Exception {
        framework = OsgiFramework.start().startJackfield();
        framework.startBundleOf(EchoActivator.class);
        framework.startAll(Workplace.SHELL);
        // By reflection: Gogo's types are its bundle's, not those of our class path.
        ServiceReference<?> reference = framework.context().getServiceReference(PROCESSOR);
        Object processor = framework.context().getService(reference);
        sessionType = reference.getBundle().loadClass(SESSION);
        OutputStream output = new PrintStream(printed, true, StandardCharsets.UTF_8);
        session = reference
                .getBundle()
                .loadClass(PROCESSOR)
                .getMethod("createSession", InputStream.class, OutputStream.class, OutputStream.class)
                .invoke(processor, new ByteArrayInputStream(new byte[0]), output, output);
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    private String run(String command) throws Throwable {
        try {
            printed.reset();
            sessionType.getMethod("execute", CharSequence.class).invoke(session, command);
            String answer = printed.toString(StandardCharsets.UTF_8).strip();
            System.out.println(framework.name() + "> " + command + "\n" + answer);
            return answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static List<String> cells(String table, int line) {
        return Arrays.asList(table.split("\n")[line].trim().split(" {2,}"));
    }

    @Test
    @DisplayName("servers, endpoints, extensions and connections are listed; one connection is closed with a code")
    void commandsShowAndClose() throws Throwable {
        try (JdkClient client = JdkClient.connect(framework.url("/echo"), "echo");
                RawClient other =
                        RawClient.open(framework.port(), "/echo", "Sec-WebSocket-Extensions: permessage-deflate")) {
            assertEquals("text: hello", client.sendText("hello", true).next());
            String servers = run("jackfield:servers");
            String name = cells(servers, 1).get(0);
            assertEquals(framework.url(""), cells(servers, 1).get(1));

            List<String> endpoint = cells(run("jackfield:endpoints"), 1);
            assertEquals(List.of(name, "/echo", "echo", "0", "2"), endpoint.subList(0, 5));
            assertTrue(endpoint.get(5).startsWith("io.jackfield.itest.echobundle ["), endpoint::toString);

            List<String> extension = cells(run("jackfield:extensions"), 1);
            assertEquals(List.of(name, "permessage-deflate", "RSV1", "1"), extension.subList(0, 4));
            assertTrue(extension.get(4).startsWith("io.jackfield.ext.deflate ["), extension::toString);

            String connections = run("jackfield:connections");
            List<String> connection = cells(connections, 1);
            assertEquals(name + "/1", connection.get(0));
            assertEquals(List.of("/echo", "echo", "-", "OPEN"), connection.subList(2, 6));
            assertEquals(List.of("1", "1"), List.of(connection.get(7), connection.get(9)));
            assertEquals("permessage-deflate", cells(connections, 2).get(4));
            assertEquals(
                    connections.split("\n").length,
                    run("jackfield:connections " + name).split("\n").length);

            assertEquals("Closing " + name + "/1 with 4000", run("jackfield:close 1 4000 'by hand'"));
            assertEquals("close: 4000 by hand", client.next());
            assertEquals(
                    "There is no open connection " + name + "/99",
                    assertThrows(IllegalArgumentException.class, () -> run("jackfield:close " + name + "/99 1001"))
                            .getMessage());
            run("jackfield:close " + name + "/2 1012");
            assertEquals(1012, other.readFrame().closeCode());
        }
    }
}

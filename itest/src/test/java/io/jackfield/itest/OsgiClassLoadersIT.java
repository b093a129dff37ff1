package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.itest.echobundle.EchoActivator;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/**
 * What a bundle leaves behind when it is uninstalled in the middle of its work: nothing. The endpoint that goes on keeps the
 * sockets of those that are gone.
 */
@Tag("framework")
class OsgiClassLoadersIT {

    private OsgiFramework framework;

    @BeforeEach
    void start() throws Exception {
        framework = OsgiFramework.start().startJackfield();
        framework.startBundleOf(EchoActivator.class);
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    @Test
    @DisplayName("an extension that answers at once")
    void nothingIsLeftOfAnImmediateExtension() throws Exception {
        assertNothingIsLeft(framework.start(Workplace.example("invert-extension")), "x-invert");
    }

    @Test
    @DisplayName("an extension that answers later, with a thread of its own")
    void nothingIsLeftOfADeferredExtension() throws Exception {
        assertNothingIsLeft(framework.start(Workplace.example("overtake-extension")), "x-overtake; hold=1");
    }

    @Test
    @DisplayName("permessage-deflate, with its zlib states")
    void nothingIsLeftOfPermessageDeflate() throws Exception {
        assertNothingIsLeft(framework.bundle("io.jackfield.ext.deflate"), "permessage-deflate");
    }

    @Test
    @DisplayName("an endpoint that its activator registers")
    void nothingIsLeftOfAnEndpoint() throws Exception {
        TestBundle other = TestBundle.of(EchoActivator.class)
                .header("Bundle-SymbolicName", "other")
                .header(EchoActivator.PATH_HEADER, "/other");
        assertNothingIsLeft(framework.start("other", other), "/other", "echo me", "echo me");
    }

    @Test
    @DisplayName("an endpoint that is a component of Declarative Services")
    void nothingIsLeftOfAComponent() throws Exception {
        framework.startAll(Workplace.DECLARATIVE_SERVICES);
        Path bundle = Workplace.example("hello-endpoint");
        assertNothingIsLeft(framework.start(bundle), "/hello", "Ada", "Hello, Ada");
    }

    private void assertNothingIsLeft(Bundle extension, String offer) throws Exception {
        GoneClasses classes = GoneClasses.of(extension);
        int port = framework.port();
        String field = "Sec-WebSocket-Extensions: " + offer;
        try (RawClient user = RawClient.connect(port).send(RawClient.handshake("/echo", field));
                RawClient unusedUser = RawClient.open(port, "/echo", field);
                RawClient other = RawClient.open(port, "/echo")) {
            assertEquals(1, user.readAnswer().fields("Sec-WebSocket-Extensions").size());
            user.send(WireFrame.text("to the extension").masked());
            assertEquals("text", user.readFrame().opcodeName());
            assertEchoes(other, "before");

            framework.uninstallAndRefresh(extension);
            for (RawClient gone : List.of(user, unusedUser)) {
                assertEquals(1012, gone.readFrame().closeCode());
                gone.send(WireFrame.close(1012, "").masked()).assertEnds();
            }
            assertEchoes(other, "after");
            assertEquals(List.of(), framework.answer("/echo", field).fields("Sec-WebSocket-Extensions"));
            classes.awaitCollected();
            assertEchoes(other, "still");
            assertEquals(port, framework.port());
        }
    }

    private void assertNothingIsLeft(Bundle endpoint, String path, String question, String answer) throws Exception {
        GoneClasses classes = GoneClasses.of(endpoint);
        int port = framework.port();
        try (RawClient user = RawClient.open(port, path);
                RawClient other = RawClient.open(port, "/echo")) {
            user.send(WireFrame.text(question).masked());
            assertEquals(answer, user.readFrame().payloadText());
            assertEchoes(other, "before");

            framework.uninstallAndRefresh(endpoint);
            assertEquals(1001, user.readFrame().closeCode());
            user.send(WireFrame.close(1001, "").masked()).assertEnds();
            assertEchoes(other, "after");
            assertEquals(404, framework.answer(path).status());
            classes.awaitCollected();
            assertEchoes(other, "still");
            assertEquals(port, framework.port());
        }
    }

    private static void assertEchoes(RawClient client, String text) {
        client.send(WireFrame.text(text).masked());
        assertEquals(text, client.readFrame().payloadText());
    }
}

package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.itest.decliningbundle.DecliningExtension;
import io.jackfield.itest.echobundle.EchoActivator;
import io.jackfield.itest.versionbundle.VersionedExtension;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Bundle;

/** Bundles with nothing but {@code META-INF/services}, without a ServiceLoader Mediator and beside one. */
@Tag("framework")
class OsgiServiceLoaderIT {

    /** When SPI Fly comes: it decides who finds an extension first. */
    enum SpiFlyStarts {
        BEFORE_JACKFIELD,
        BEFORE_THE_EXTENSION,
        BEHIND_THE_EXTENSION
    }

    private static final String SPI_FLY = "org.apache.aries.spifly.dynamic.bundle";

    private OsgiFramework framework;

    @BeforeEach
    void start() throws Exception {
        framework = OsgiFramework.start();
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    @Test
    @DisplayName("without a mediator: a plain jar, with no word of OSGi but its name, is found")
    void findsProvidersWithoutAMediator() throws Exception {
        startJackfield();
        framework.start("x-version", versioned());
        assertEquals(List.of("x-version; version=1"), negotiate("x-version"));
    }

    @Test
    @DisplayName("providers that do not load are a line each, and the others of the bundle work")
    void leavesOutProvidersThatDoNotLoad() throws Exception {
        startJackfield();
        TestBundle broken = TestBundle.named("broken")
                .classes(BrokenProviders.CLASSES)
                .services(BrokenProviders.NAMES.toArray(String[]::new));
        try (LogLines log = LogLines.of("io.jackfield.server.osgi")) {
            Bundle bundle = framework.start("broken", broken);
            String line = "An extension of bundle " + bundle + " is not used: ";
            assertEquals(BrokenProviders.lines(line, BrokenProviders.PROBLEMS_OF_NAMES), log.sorted());
        }
        assertEquals(List.of("x-working"), negotiate("x-failing, x-lacking, x-working"));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("beside SPI Fly an extension is offered once, and stays when SPI Fly goes")
    void offersOnceBesideSpiFly(SpiFlyStarts when) throws Exception {
        if (when == SpiFlyStarts.BEFORE_JACKFIELD) {
            startSpiFly();
        }
        startJackfield();
        if (when == SpiFlyStarts.BEFORE_THE_EXTENSION) {
            startSpiFly();
        }
        framework.start("x-version", versioned());
        framework.start("x-declining", declining());
        if (when == SpiFlyStarts.BEHIND_THE_EXTENSION) {
            startSpiFly();
        }
        if (when != SpiFlyStarts.BEHIND_THE_EXTENSION) {
            // Otherwise this test shows nothing: the one service is ours, the other SPI Fly's.
            assertEquals(2, framework.services(TestBundle.EXTENSION, "x-declining"));
        }
        // Asked twice in one handshake, it would have refused that one; asked never, it would not refuse the next.
        assertEquals(101, handshake("x-declining").status());
        assertEquals(400, handshake("x-declining").status());
        assertEquals(List.of("x-version; version=1"), negotiate("x-version"));
        assertEquals(List.of("permessage-deflate"), negotiate("permessage-deflate"));

        framework.bundle(SPI_FLY).uninstall();
        assertEquals(List.of("x-version; version=1"), negotiate("x-version"));
        assertEquals(List.of("permessage-deflate"), negotiate("permessage-deflate"));
    }

    private void startJackfield() throws Exception {
        framework.startJackfield();
        framework.startBundleOf(EchoActivator.class);
    }

    private void startSpiFly() throws Exception {
        framework.startAll(Workplace.SPI_FLY);
    }

    private static TestBundle versioned() {
        return TestBundle.ofProviders("x-version", VersionedExtension.class)
                .file(VersionedExtension.class.getPackageName().replace('.', '/') + '/' + VersionedExtension.FILE, "1");
    }

    /** Asks for a mediator, as the specification has it (OSGi Compendium 133.3), and does without one. */
    private static TestBundle declining() {
        return TestBundle.ofProviders("x-declining", DecliningExtension.class)
                .header("Provide-Capability", "osgi.serviceloader;osgi.serviceloader=\"" + TestBundle.EXTENSION + '"')
                .header(
                        "Require-Capability",
                        "osgi.extender;filter:=\"(osgi.extender=osgi.serviceloader.registrar)\";resolution:=optional");
    }

    private List<String> negotiate(String offer) {
        return handshake(offer).fields("Sec-WebSocket-Extensions");
    }

    private HttpAnswer handshake(String offer) {
        return framework.answer("/echo", "Sec-WebSocket-Extensions: " + offer);
    }
}

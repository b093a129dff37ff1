package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;

/** What our bundles need of a framework, and what a resolver can tell of them. */
@Tag("framework")
class OsgiResolveIT {

    private static final String SYSTEM = "the framework";

    private OsgiFramework framework;

    @BeforeEach
    void start() throws Exception {
        framework = OsgiFramework.start();
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    private Set<String> providers(String symbolicName) {
        return framework.bundle(symbolicName).adapt(BundleWiring.class).getRequiredWires(null).stream()
                .map(wire -> wire.getProvider().getBundle())
                .map(provider -> provider.getBundleId() == 0 ? SYSTEM : provider.getSymbolicName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void assertAllActive() {
        framework.bundles().forEach(bundle -> assertEquals(Bundle.ACTIVE, bundle.getState(), bundle.toString()));
    }

    @Test
    @DisplayName("a framework on Java 17 alone is enough")
    void nothingOptionalIsThere() throws Exception {
        framework.startJackfield();
        assertAllActive();
        assertEquals(Set.of(SYSTEM), providers("io.jackfield.api"));
        assertEquals(Set.of(SYSTEM, "io.jackfield.api"), providers("io.jackfield.codec"));
        assertEquals(Set.of(SYSTEM, "io.jackfield.api"), providers("io.jackfield.ext.deflate"));
        assertEquals(Set.of(SYSTEM, "io.jackfield.api", "io.jackfield.codec"), providers("io.jackfield.server"));
        for (Bundle bundle : framework.bundles()) {
            assertEquals(
                    List.of("(&(osgi.ee=JavaSE)(version=17))"),
                    bundle.adapt(BundleRevision.class).getDeclaredRequirements("osgi.ee").stream()
                            .map(requirement -> requirement.getDirectives().get("filter"))
                            .toList());
        }
    }

    @Test
    @DisplayName("with everything there no wire leads from the server to an extension, which may then leave alone")
    void everythingOptionalIsThere() throws Exception {
        framework.startAll(Workplace.CONFIG_ADMIN);
        framework.startAll(Workplace.METATYPE);
        framework.startAll(Workplace.DECLARATIVE_SERVICES);
        framework.startJackfield();
        assertAllActive();
        assertEquals(
                Set.of(SYSTEM, "io.jackfield.api", "io.jackfield.codec", "org.apache.felix.configadmin"),
                providers("io.jackfield.server"));
    }

    @Test
    @DisplayName("a resolver finds extensions by name, and a server for endpoints")
    void capabilitiesFitRequirements() throws Exception {
        framework.startJackfield();
        Bundle server = framework.bundle("io.jackfield.server");
        BundleRequirement anyExtension = requirement(server, "jackfield.extension");
        for (Bundle extension : new Bundle[] {
            framework.bundle("io.jackfield.ext.deflate"),
            framework.start(Workplace.example("invert-extension")),
            framework.start(Workplace.example("overtake-extension"))
        }) {
            assertTrue(matches(anyExtension, extension), extension.toString());
        }
        Bundle endpoint = framework
                .context()
                .installBundle(Workplace.example("hello-endpoint").toUri().toString());
        BundleRequirement whiteboard = requirement(endpoint, "osgi.implementation");
        assertTrue(matches(whiteboard, server));
        for (BundleRequirement requirement : new BundleRequirement[] {anyExtension, whiteboard}) {
            assertEquals("active", requirement.getDirectives().get("effective"));
        }
    }

    private static BundleRequirement requirement(Bundle bundle, String namespace) {
        return bundle.adapt(BundleRevision.class)
                .getDeclaredRequirements(namespace)
                .get(0);
    }

    private static boolean matches(BundleRequirement requirement, Bundle provider) {
        Stream<BundleCapability> capabilities =
                provider.adapt(BundleRevision.class).getDeclaredCapabilities(requirement.getNamespace()).stream();
        return capabilities.anyMatch(requirement::matches);
    }
}

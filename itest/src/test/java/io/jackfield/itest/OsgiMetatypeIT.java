package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Option;
import io.jackfield.itest.configurationbundle.MetatypeActivator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** The Metatype service, which web consoles ask, knows every option. */
@Tag("framework")
class OsgiMetatypeIT {

    private static final String PREFIX = "jackfield.option.";

    private OsgiFramework framework;

    @BeforeEach
    void start() throws Exception {
        framework = OsgiFramework.start().startJackfield();
        framework.startAll(Workplace.CONFIG_ADMIN);
        framework.startAll(Workplace.METATYPE);
        framework.start(
                "metatype",
                TestBundle.of(MetatypeActivator.class)
                        .header("Import-Package", "org.osgi.framework,org.osgi.service.metatype"));
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    @SuppressWarnings("unchecked") // The service property tells the types.
    private Map<String, Map<String, Object>> attributes(String pid) throws Exception {
        ServiceReference<?> reference =
                framework.context().getServiceReferences(BiFunction.class.getName(), "(does=describe)")[0];
        var describe = (BiFunction<Bundle, String, List<Map<String, Object>>>)
                framework.context().getService(reference);
        return describe.apply(framework.bundle("io.jackfield.server"), pid).stream()
                .collect(Collectors.toMap(attribute -> attribute.get("id").toString(), attribute -> attribute));
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.jackfield.server", "io.jackfield.server.factory"})
    @DisplayName("every option that can be written is there with description, default and range")
    @SuppressWarnings("unchecked") // The activator tells the type.
    void everyOptionIsDescribed(String pid) throws Exception {
        Map<String, Map<String, Object>> attributes = attributes(pid);
        Set<String> objects = Set.of("extensions", "executor", "uncaughtExceptionHandler");
        assertEquals(
                Stream.of(Option.values())
                        .map(Option::key)
                        .filter(key -> !objects.contains(key))
                        .collect(Collectors.toSet()),
                attributes.keySet().stream()
                        .filter(id -> id.startsWith(PREFIX))
                        .map(id -> id.substring(PREFIX.length()))
                        .collect(Collectors.toSet()));
        for (Option option : Option.values()) {
            Map<String, Object> attribute = attributes.get(PREFIX + option.key());
            if (attribute == null) {
                continue;
            }
            String description = attribute.get("description").toString();
            assertTrue(description.startsWith(option.description()), description);
            assertTrue(description.endsWith(option.range()), description);
            Predicate<String> allows = (Predicate<String>) attribute.get("allows");
            if (option.type() == Option.Type.SIZE) {
                assertEquals(List.of(option.defaultValue().toString()), attribute.get("default"));
                assertTrue(allows.test(Long.toString((long) option.minimum())), option.key());
                assertTrue(allows.test(Long.toString((long) option.maximum())), option.key());
                assertFalse(allows.test(Long.toString((long) option.minimum() - 1)), option.key());
            } else if (option.type() == Option.Type.SECONDS) {
                assertTrue(allows.test(Double.toString(option.minimum())), option.key());
                assertTrue(allows.test(Double.toString(option.maximum())), option.key());
                assertFalse(allows.test(Double.toString(option.maximum() + 1)), option.key());
                assertFalse(allows.test("-1.0"), option.key());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.jackfield.server", "io.jackfield.server.factory"})
    @DisplayName("so are the properties of the socket")
    @SuppressWarnings("unchecked") // The activator tells the type.
    void thePortIsDescribed(String pid) throws Exception {
        Map<String, Object> port = attributes(pid).get("jackfield.port");
        assertEquals(List.of("8080"), port.get("default"));
        Predicate<String> allows = (Predicate<String>) port.get("allows");
        assertTrue(allows.test("-1"));
        assertTrue(allows.test("65535"));
        assertFalse(allows.test("65536"));
    }
}

package io.jackfield.ext.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.extension.Extension;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the module, which is a bundle too, says of itself. It has to be on the module path for that. */
class ModuleTest {

    @Test
    void serviceLoaderFindsItOnModulePathAndClassPath() throws IOException {
        Set<ModuleDescriptor.Provides> provided =
                PermessageDeflate.class.getModule().getDescriptor().provides();
        assertEquals(
                Set.of(Extension.class.getName() + " with [" + PermessageDeflate.class.getName() + "]"),
                provided.stream().map(Object::toString).collect(Collectors.toSet()));
        try (InputStream stream =
                PermessageDeflate.class.getResourceAsStream("/META-INF/services/" + Extension.class.getName())) {
            assertEquals(
                    PermessageDeflate.class.getName(),
                    new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }

    @Test
    void bundleOffersItToMediatorsAndResolvesWithoutOne() throws IOException {
        try (InputStream stream = PermessageDeflate.class.getResourceAsStream("/META-INF/MANIFEST.MF")) {
            Attributes attributes = new Manifest(stream).getMainAttributes();
            assertEquals(
                    "osgi.serviceloader;osgi.serviceloader=\"io.jackfield.api.extension.Extension\","
                            + "jackfield.extension;jackfield.extension=permessage-deflate;version:Version=\"1.0\"",
                    attributes.getValue("Provide-Capability"));
            String extender =
                    "osgi.extender;filter:=\"(osgi.extender=osgi.serviceloader.registrar)\";resolution:=optional";
            assertTrue(attributes.getValue("Require-Capability").contains(extender));
        }
    }
}

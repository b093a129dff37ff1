package io.jackfield.documentation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in docs/extensions.md are those of the example, so that what the integration tests run is what one reads. */
class ExtensionGuideTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pom.xml",
                "bnd.bnd",
                "src/main/java/module-info.java",
                "src/main/java/org/example/invert/InvertExtension.java",
                "src/main/resources/META-INF/services/io.jackfield.api.extension.Extension"
            })
    void theGuideShowsTheExampleAsItIs(String file) throws IOException {
        String guide = Files.readString(Repository.file("docs/extensions.md"));
        String content =
                Files.readString(Repository.file("examples/invert-extension").resolve(file));
        assertTrue(guide.contains("\n" + content + "```\n"), file);
    }
}

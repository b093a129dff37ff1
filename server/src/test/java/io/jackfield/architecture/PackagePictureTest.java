package io.jackfield.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The pictures in docs/design.md and in the Javadoc show which package really uses which: they are drawn from the classes,
 * and compared with what was committed. Where they differ because the change was meant, look at the new picture in
 * {@code target/pictures}, and copy it.
 */
class PackagePictureTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @ParameterizedTest
    @EnumSource
    void packagesOfAModule(Library module) throws IOException {
        compare(
                GraphPicture.draw(
                        PackageGraph.of(module),
                        "Packages of " + module.moduleName,
                        name -> PackageGraph.isModule(name) && !name.equals(module.moduleName)),
                module + "/src/main/java/doc-files/packages.svg");
    }

    @Test
    void modules() throws IOException {
        compare(GraphPicture.draw(PackageGraph.ofModules(), "Modules", name -> false), "docs/modules.svg");
    }

    private static void compare(String actual, String file) throws IOException {
        Path committed = ROOT.resolve(file);
        Path drawn = ROOT.resolve("server/target/pictures").resolve(file);
        Files.createDirectories(drawn.getParent());
        Files.writeString(drawn, actual);
        assertEquals(
                Files.exists(committed) ? Files.readString(committed) : "",
                actual,
                "if the change is meant, at the top: cp -r server/target/pictures/. .");
    }
}

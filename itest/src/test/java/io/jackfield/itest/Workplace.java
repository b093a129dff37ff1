package io.jackfield.itest;

import java.nio.file.Path;

/** Where the build of this module puts things. Tests run with the module's folder as their working directory. */
final class Workplace {

    static final Path TARGET = Path.of("target").toAbsolutePath();
    static final Path NODE_SOURCES = Path.of("src", "test", "node").toAbsolutePath();
    static final Path BUNDLES = TARGET.resolve("bundles");
    static final Path DECLARATIVE_SERVICES = TARGET.resolve("declarative-services");
    static final Path SPI_FLY = TARGET.resolve("spi-fly");
    static final Path CONFIG_ADMIN = TARGET.resolve("config-admin");
    static final Path METATYPE = TARGET.resolve("metatype");
    static final Path ADAPTERS = TARGET.resolve("adapters");
    static final Path HTTP_SERVICE = TARGET.resolve("http-service");
    static final Path SHELL = TARGET.resolve("shell");
    static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();

    private Workplace() {}

    /** The bundle that a project of the folder examples has become, see pom.xml. */
    static Path example(String name) {
        return TARGET.resolve("examples").resolve(name).resolve("target").resolve(name + "-1.0.0.jar");
    }

    /** A program of the JDK that runs the tests. */
    static Path jdkProgram(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name);
    }
}

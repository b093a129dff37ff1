package io.jackfield.itest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end, with its output in files, so that it never waits for a reader. */
final class Command {

    /** How a program ended. */
    record Result(int exitCode, String output, String errors) {

        Result requireSuccess(String what) {
            if (exitCode != 0) {
                throw new AssertionError(what + " ended with " + exitCode + "\n" + output + errors);
            }
            return this;
        }
    }

    private final List<String> words = new ArrayList<>();
    private Path directory = Workplace.TARGET;
    private Path input = Path.of("/dev/null");

    private Command() {}

    static Command of(Path program, Object... arguments) {
        Command command = new Command();
        command.words.add(program.toString());
        return command.with(arguments);
    }

    Command with(Object... arguments) {
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        return this;
    }

    Command in(Path workingDirectory) {
        directory = workingDirectory;
        return this;
    }

    /** Gives it a file to read. */
    Command reading(Path file) {
        input = file;
        return this;
    }

    /** Runs it; a program that takes longer is ended, and the test fails. */
    Result run(Duration limit) {
        try {
            Path output = Files.createTempFile(Workplace.TARGET, "output", ".txt");
            Path errors = Files.createTempFile(Workplace.TARGET, "errors", ".txt");
            Process process = new ProcessBuilder(words)
                    .directory(directory.toFile())
                    .redirectInput(input.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            try {
                boolean inTime = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
                if (!inTime) {
                    throw new AssertionError(words + " took more than " + limit + "\n" + Files.readString(output)
                            + Files.readString(errors));
                }
                return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(words + " was interrupted", e);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.jackfield.server.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.api.Registration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluggedServiceTest {

    private final List<String> calls = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final PluggedService<String, String> plugged = new PluggedService<>("service", this::plug);

    @Test
    void whatStaysIsNotTouched() {
        replace("a", "b");
        replace("b", "c");
        assertEquals(List.of("+a", "+b", "+c", "-a"), calls);
    }

    @Test
    void whatDoesNotFitIsToldAndTheRestIsPluggedIn() {
        replace("a", "bad", "b");
        assertEquals(List.of("+a", "+b"), calls);
        assertEquals(List.of("no bad plugs"), problems);
    }

    @Test
    void whatDidNotFitIsTriedAgain() {
        replace("bad");
        replace("bad");
        assertEquals(List.of("no bad plugs", "no bad plugs"), problems);
    }

    @Test
    void behindItsEndNothingIsPluggedInAnyMore() {
        replace("a");
        plugged.close();
        plugged.close();
        replace("b");
        assertEquals(List.of("+a", "-a"), calls);
    }

    private void replace(String... wanted) {
        plugged.replace(List.of(wanted), problem -> problems.add(problem.getMessage()));
    }

    private Registration plug(String plug) {
        if (plug.equals("bad")) {
            throw new IllegalArgumentException("no bad plugs");
        }
        calls.add("+" + plug);
        return () -> calls.add("-" + plug);
    }
}

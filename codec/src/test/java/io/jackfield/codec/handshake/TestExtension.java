package io.jackfield.codec.handshake;

import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.api.extension.ImmediateSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An extension that records what it is asked and answers what the test says. */
final class TestExtension implements Extension {

    /** What {@link Extension#accept} does. */
    @FunctionalInterface
    interface Answer {
        Optional<AcceptedExtension> to(List<ExtensionParameters> offers) throws ExtensionException;
    }

    /** A session that counts how often it is closed. */
    static final class Session implements ImmediateSession {
        int closed;
        RuntimeException failure;

        @Override
        public void close() {
            closed++;
            if (failure != null) {
                throw failure;
            }
        }
    }

    final Session session = new Session();
    final List<List<ExtensionParameters>> asked = new ArrayList<>();
    ExtensionContext context;

    private final String name;
    private final boolean[] rsv = new boolean[4];
    private Answer answer = offers -> Optional.of(new AcceptedExtension(ExtensionParameters.EMPTY, session));

    TestExtension(String name) {
        this.name = name;
    }

    TestExtension claiming(int... bits) {
        for (int bit : bits) {
            rsv[bit] = true;
        }
        return this;
    }

    TestExtension answering(Answer newAnswer) {
        answer = newAnswer;
        return this;
    }

    /** Accepts with the parameters of an element, as {@code a; b=1}. */
    TestExtension answering(String parameters) {
        ExtensionParameters response =
                ExtensionHeader.parse("x; " + parameters).orElseThrow().get(0).parameters();
        return answering(offers -> Optional.of(new AcceptedExtension(response, session)));
    }

    TestExtension declining() {
        return answering(offers -> Optional.empty());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean rsv1() {
        return rsv[1];
    }

    @Override
    public boolean rsv2() {
        return rsv[2];
    }

    @Override
    public boolean rsv3() {
        return rsv[3];
    }

    @Override
    public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext binding)
            throws ExtensionException {
        asked.add(offers);
        context = binding;
        return answer.to(offers);
    }
}

package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.itest.echobundle.EchoActivator;
import io.jackfield.itest.versionbundle.VersionedExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** An extension bundle is updated while hundreds of connections talk, half of them through it. */
@Tag("framework")
class OsgiUpdateIT {

    private static final int CONNECTIONS = 300;
    private static final int THREADS = 6;
    private static final int ROUNDS = 5;
    private static final String OFFER = "Sec-WebSocket-Extensions: x-version";

    @Test
    @DisplayName("those without it lose no message, those with it are closed with 1012, new ones get the new version")
    void updateUnderLoadLosesNoMessage() throws Exception {
        try (OsgiFramework framework = OsgiFramework.start().startJackfield()) {
            framework.startBundleOf(EchoActivator.class);
            Bundle extension = framework.start("x-version", version("1"));
            GoneClasses firstVersion = GoneClasses.of(extension);
            List<NumberedConversation> without = new ArrayList<>();
            List<NumberedConversation> with = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i += 2) {
                without.add(new NumberedConversation(RawClient.open(framework.port(), "/echo"), ""));
                with.add(new NumberedConversation(RawClient.open(framework.port(), "/echo", OFFER), "1"));
            }
            List<NumberedConversation> all =
                    Stream.of(without, with).flatMap(List::stream).toList();
            try (Conversations talk = Conversations.start(all, THREADS)) {
                talk.awaitRounds(ROUNDS);
                extension.update(version("2").pack());
                assertEquals(
                        List.of("x-version; version=2"),
                        framework.answer("/echo", OFFER).fields("Sec-WebSocket-Extensions"));
                talk.awaitRounds(ROUNDS);
            }

            assertEquals(Set.of(NumberedConversation.OPEN), outcomes(without));
            assertEquals(Set.of("closed with 1012"), outcomes(with));
            NumberedConversation newcomer =
                    new NumberedConversation(RawClient.open(framework.port(), "/echo", OFFER), "2");
            newcomer.talk();
            assertEquals(NumberedConversation.OPEN, newcomer.outcome());
            framework.refresh(extension);
            firstVersion.awaitCollected();
            newcomer.end();
            all.forEach(NumberedConversation::end);
        }
    }

    private static Set<String> outcomes(List<NumberedConversation> conversations) {
        return conversations.stream().map(NumberedConversation::outcome).collect(Collectors.toSet());
    }

    private static TestBundle version(String version) {
        String file = VersionedExtension.class.getPackageName().replace('.', '/') + '/' + VersionedExtension.FILE;
        return TestBundle.ofProviders("x-version", VersionedExtension.class).file(file, version);
    }
}

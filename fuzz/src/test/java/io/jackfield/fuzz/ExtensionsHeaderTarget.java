package io.jackfield.fuzz;

import io.jackfield.api.Headers;
import io.jackfield.api.Request;
import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.api.extension.ImmediateSession;
import io.jackfield.codec.ActiveExtension;
import io.jackfield.codec.handshake.OpeningHandshake;
import io.jackfield.ext.deflate.PermessageDeflate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The field {@code Sec-WebSocket-Extensions} and the negotiation. The
 * first byte of an input chooses what the server wants of permessage-deflate.
 */
public final class ExtensionsHeaderTarget {

    private static final int LARGEST = 2000;

    /** Some 160 bytes, and what the fuzzer puts around each comparison of strings. */
    private static final int ALLOCATION_PER_BYTE = 2000;

    private static final int ALLOCATION = 256 * 1024;

    private static final ExtensionContext CONTEXT = () -> 1000;

    // RFC 6455 section 9.1, with blanks as the server takes them; possessive, so that nothing is tried twice.
    private static final String TCHAR = "[!#$%&'*+.^_`|~0-9A-Za-z-]";
    private static final String TOKEN = TCHAR + "++";
    private static final String VALUE = "(?:" + TOKEN + "|\"(?:\\\\?" + TCHAR + ")++\")";
    private static final String PARAMETER = " *+" + TOKEN + "(?:=" + VALUE + ")?+";
    private static final String ELEMENT = TOKEN + " *+(?:;" + PARAMETER + " *+)*+";
    private static final Pattern FIELD =
            Pattern.compile("(?=.*" + TCHAR + ") *+(?:" + ELEMENT + ")?+(?:, *+(?:" + ELEMENT + ")?+)*+");

    private ExtensionsHeaderTarget() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Allocation.run(ExtensionsHeaderTarget::run, input);
    }

    private static void run(byte[] input) {
        if (input.length < 2 || input.length > LARGEST) {
            return;
        }
        // What stands around a value and what cannot stand in it is the business of the head's parser.
        String field = new String(input, 1, input.length - 1, StandardCharsets.ISO_8859_1)
                .replaceAll("[\\x00-\\x08\\x0a-\\x1f\\x7f]", " ")
                .replaceAll("^[ \t]+|[ \t]+$", "");
        try (PermessageDeflate deflate = deflate(input[0])) {
            List<Extension> extensions = List.of(deflate, new Echoing("x-echo"), new Echoing("e"));
            Allocation allocation = new Allocation();
            OpeningHandshake.Outcome outcome = accept(extensions, field);
            allocation.requireAtMost(ALLOCATION + (long) ALLOCATION_PER_BYTE * field.length(), "The handshake");
            boolean isValid = field.isEmpty() || FIELD.matcher(field).matches();
            if (outcome instanceof OpeningHandshake.Rejected rejected) {
                Oracle.equal(400, rejected.response().status(), "the status for " + field);
                Oracle.holds(!isValid, "rejected: " + field);
            } else if (outcome instanceof OpeningHandshake.Accepted accepted) {
                Oracle.holds(isValid, "accepted: " + field);
                List<Offer> offers = Offer.list(field);
                Oracle.equal(expected(offers, input[0]), active(accepted), "the answer to " + field);
                Oracle.equal(active(accepted), active(accept(extensions, field.split(",", -1))), "in lines: " + field);
            }
        }
    }

    private static PermessageDeflate deflate(byte wishes) {
        return PermessageDeflate.builder()
                .noContextTakeover((wishes & 1) != 0)
                .requestNoContextTakeover((wishes & 2) != 0)
                .maxWindowBits(8 + (wishes >> 2 & 7))
                .requestMaxWindowBits(15 - (wishes >> 5 & 7))
                .build();
    }

    private static OpeningHandshake.Outcome accept(List<Extension> extensions, String... lines) {
        Request.Builder request = Request.builder("GET", "/")
                .header("Host", "localhost")
                .header("Upgrade", "websocket")
                .header("Connection", "Upgrade")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        for (String line : lines) {
            request.header("Sec-WebSocket-Extensions", line);
        }
        return OpeningHandshake.accept(request.build(), List.of(), extensions, CONTEXT, Headers.EMPTY);
    }

    /** What was agreed on, with the parameters as the response has them. */
    private static List<Offer> active(OpeningHandshake.Outcome outcome) {
        List<Offer> active = new ArrayList<>();
        if (outcome instanceof OpeningHandshake.Accepted accepted) {
            String response = new String(accepted.response(), StandardCharsets.US_ASCII);
            String name = "\r\nSec-WebSocket-Extensions: ";
            int at = response.indexOf(name);
            if (at >= 0) {
                active = Offer.list(response.substring(at + name.length(), response.indexOf("\r\n", at + 2)));
            }
            for (ActiveExtension extension : accepted.extensions()) {
                extension.session().close();
            }
        }
        return active;
    }

    /** Each extension takes the first offer that it can take. */
    private static List<Offer> expected(List<Offer> offers, byte wishes) {
        List<Offer> expected = new ArrayList<>();
        offers.stream()
                .filter(offer -> offer.name().equals("permessage-deflate"))
                .flatMap(offer -> offer
                        .deflateAnswer(
                                (wishes & 1) != 0, (wishes & 2) != 0, 8 + (wishes >> 2 & 7), 15 - (wishes >> 5 & 7))
                        .stream())
                .findFirst()
                .ifPresent(expected::add);
        for (String name : List.of("x-echo", "e")) {
            offers.stream()
                    .filter(offer -> offer.name().equals(name))
                    .findFirst()
                    .ifPresent(expected::add);
        }
        return expected;
    }

    /** Answers with what the first offer says, so that names and values go all the way. */
    private record Echoing(String name) implements Extension {

        @Override
        public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
            return Optional.of(new AcceptedExtension(offers.get(0), new ImmediateSession() {}));
        }
    }
}

package io.jackfield.ext.deflate;

import static io.jackfield.ext.deflate.TestData.LIMIT_OF_16_MIB;
import static io.jackfield.ext.deflate.TestData.hex;
import static io.jackfield.ext.deflate.TestData.parameters;
import static io.jackfield.ext.deflate.TestData.plain;
import static io.jackfield.ext.deflate.TestData.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionOffer;
import io.jackfield.api.extension.ExtensionSession;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientOfferTest {

    private static ExtensionOffer demanding() {
        return PermessageDeflate.builder()
                .noContextTakeover(true)
                .maxWindowBits(12)
                .requestNoContextTakeover(true)
                .requestMaxWindowBits(11)
                .build()
                .offer()
                .orElseThrow();
    }

    @Test
    @DisplayName("R-79, R-81 a client says that it understands client_max_window_bits, and offers what its options say")
    void offersWhatTheOptionsSay() {
        assertEquals(
                "[client_max_window_bits]",
                new PermessageDeflate().offer().orElseThrow().offers().toString());
        assertEquals(
                "[server_no_context_takeover; client_no_context_takeover; server_max_window_bits=11;"
                        + " client_max_window_bits=12]",
                demanding().offers().toString());
    }

    @ParameterizedTest
    @DisplayName("R-77 to R-81, A-45 an answer must fit what was offered, else 1010")
    @CsvSource(
            delimiter = '|',
            value = {
                "server_max_window_bits=11 | lacks server_no_context_takeover",
                "server_no_context_takeover | limit the server's window to 11",
                "server_no_context_takeover; server_max_window_bits=12 | limit the server's window to 11",
                "server_no_context_takeover; server_max_window_bits=11; client_max_window_bits | lacks the value",
                "server_no_context_takeover; server_max_window_bits=11; client_max_window_bits=13 | beyond 12 bits",
                "server_no_context_takeover; server_max_window_bits=7 | invalid parameter",
                "server_no_context_takeover; server_no_context_takeover | invalid parameter",
                "server_no_context_takeover=1 | invalid parameter",
                "mystery | invalid parameter"
            })
    void unfitAnswersFail(String response, String complaint) {
        ExtensionException failure = assertThrows(
                ExtensionException.class, () -> demanding().activate(parameters(response), LIMIT_OF_16_MIB));
        assertEquals(1010, failure.closeCode());
        assertEquals(true, failure.getMessage().contains(complaint), failure.getMessage());
    }

    @ParameterizedTest
    @DisplayName("R-77 to R-81 fitting answers are taken")
    @CsvSource({
        "server_no_context_takeover; server_max_window_bits=11",
        "server_no_context_takeover; server_max_window_bits=8; client_max_window_bits=12",
        "server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10; client_max_window_bits=8"
    })
    void fittingAnswersAreTaken(String response) throws ExtensionException {
        assertNotNull(demanding().activate(parameters(response), LIMIT_OF_16_MIB));
    }

    @ParameterizedTest
    @DisplayName("R-78 R-81 a client keeps its context unless it offered otherwise, or was told otherwise")
    @CsvSource({"false,'',false", "true,'',true", "false,client_no_context_takeover,true"})
    void theClientTakesItsContextOverOrNot(boolean offered, String response, boolean alike) throws ExtensionException {
        try (PermessageDeflate client = PermessageDeflate.builder()
                .noContextTakeover(offered)
                .threshold(0)
                .build()) {
            ExtensionSession session = client.offer().orElseThrow().activate(parameters(response), LIMIT_OF_16_MIB);
            DeflateSession deflating = (DeflateSession) session;
            String first = hex(deflating.outgoing(plain(text("Hello"))).payload());
            assertEquals("f248cdc9c90700", first);
            String second = hex(deflating.outgoing(plain(text("Hello"))).payload());
            assertEquals(alike ? first : "f200110000", second);
            session.close();
        }
    }

    @Test
    @DisplayName("R-78, R-80 a server may limit itself unasked")
    void unaskedLimitsOfTheServerAreTaken() throws ExtensionException {
        ExtensionOffer offer = new PermessageDeflate().offer().orElseThrow();
        assertNotNull(offer.activate(
                parameters("server_no_context_takeover; server_max_window_bits=9; client_max_window_bits=9"),
                LIMIT_OF_16_MIB));
    }
}

package io.jackfield.ext.deflate;

import static io.jackfield.ext.deflate.TestData.LIMIT_OF_16_MIB;
import static io.jackfield.ext.deflate.TestData.parameters;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.ExtensionParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermessageDeflateTest {

    @Test
    @DisplayName("S-201 name and reserved bit")
    void identity() {
        PermessageDeflate extension = new PermessageDeflate();
        assertEquals("permessage-deflate", extension.name());
        assertTrue(extension.rsv1());
        assertFalse(extension.rsv2());
        assertFalse(extension.rsv3());
    }

    @ParameterizedTest
    @DisplayName("S-207 to S-211, R-77 to R-81: options / offer -> response")
    @CsvSource(
            delimiter = '|',
            value = {
                // The table of S-211, except that 15 is confirmed as any other value.
                "| | ''",
                "| client_max_window_bits | ''",
                "| client_max_window_bits=13 | client_max_window_bits=13",
                "| server_max_window_bits=13 | server_max_window_bits=13",
                "| server_max_window_bits=15 | server_max_window_bits=15",
                "maxWindowBits=12 | | ''",
                "maxWindowBits=12 | server_max_window_bits=13 | server_max_window_bits=12",
                "maxWindowBits=12 | server_max_window_bits=11 | server_max_window_bits=11",
                "requestMaxWindowBits=11 | | ''",
                "requestMaxWindowBits=11 | client_max_window_bits | client_max_window_bits=11",
                "requestMaxWindowBits=11 | client_max_window_bits=12 | client_max_window_bits=11",
                "requestMaxWindowBits=11 | client_max_window_bits=10 | client_max_window_bits=10",
                // Its neighbours.
                "| client_max_window_bits=15 | ''",
                "maxWindowBits=12 | server_max_window_bits=15 | server_max_window_bits=12",
                "| server_max_window_bits=8 | server_max_window_bits=8",
                "| client_max_window_bits=8 | client_max_window_bits=8",
                // Context takeover: S-207, S-208.
                "| server_no_context_takeover | server_no_context_takeover",
                "| client_no_context_takeover | client_no_context_takeover",
                "noContextTakeover=true | | server_no_context_takeover",
                "requestNoContextTakeover=true | | client_no_context_takeover",
                "| client_max_window_bits=9; server_max_window_bits=10;"
                        + " client_no_context_takeover; server_no_context_takeover"
                        + "| server_no_context_takeover; client_no_context_takeover;"
                        + " server_max_window_bits=10; client_max_window_bits=9"
            })
    void answersAsTheTableSays(String options, String offer, String response) {
        PermessageDeflate extension = new PermessageDeflate().configure(map(options));
        AcceptedExtension accepted = extension
                .accept(List.of(parameters(offer == null ? "" : offer)), LIMIT_OF_16_MIB)
                .orElseThrow();
        assertEquals(response, accepted.response().toString());
    }

    @Test
    @DisplayName("S-209 a smaller window of our own is used though it is not told")
    void untoldWindowIsUsed() {
        DeflateParameters offer =
                DeflateParameters.parse(ExtensionParameters.EMPTY).orElseThrow();
        DeflateOptions options = DeflateOptions.DEFAULTS.with(Map.of("maxWindowBits", 12, "requestMaxWindowBits", 11));
        Agreement agreement = ServerNegotiation.answer(options, offer).agreement();
        assertEquals(new Agreement.Direction(12, true), agreement.outgoing());
        assertEquals(new Agreement.Direction(15, true), agreement.incoming());
    }

    @ParameterizedTest
    @DisplayName("S-205, S-206, R-76, R-78 to R-81, A-45 invalid offers are declined")
    @ValueSource(
            strings = {
                "server_no_context_takeover=1",
                "server_no_context_takeover=",
                "client_no_context_takeover=true",
                "server_max_window_bits",
                "server_max_window_bits=",
                "server_max_window_bits=7",
                "server_max_window_bits=16",
                "server_max_window_bits=20",
                "server_max_window_bits=08",
                "server_max_window_bits=010",
                "server_max_window_bits=15.0",
                "server_max_window_bits=+9",
                "server_max_window_bits= 9",
                "server_max_window_bits=99999999999",
                "server_max_window_bits=-8",
                "client_max_window_bits=",
                "client_max_window_bits=7",
                "client_max_window_bits=16",
                "client_max_window_bits=08",
                "unknown",
                "unknown=1",
                "Server_No_Context_Takeover",
                "server_no_context_takeover; server_no_context_takeover",
                "client_no_context_takeover; client_no_context_takeover",
                "server_max_window_bits=10; server_max_window_bits=10",
                "client_max_window_bits; client_max_window_bits=10"
            })
    void invalidOffersAreDeclined(String offer) {
        assertEquals(Optional.empty(), new PermessageDeflate().accept(List.of(parameters(offer)), LIMIT_OF_16_MIB));
    }

    @Test
    @DisplayName("S-204, R-76, R-77 the first valid offer is taken")
    void firstValidOfferIsTaken() {
        AcceptedExtension accepted = new PermessageDeflate()
                .accept(
                        List.of(
                                parameters("server_max_window_bits=7"),
                                parameters("x"),
                                parameters("server_max_window_bits=10"),
                                parameters("server_max_window_bits=11")),
                        LIMIT_OF_16_MIB)
                .orElseThrow();
        assertEquals("server_max_window_bits=10", accepted.response().toString());
    }

    @Test
    @DisplayName("S-199 the original stays usable beside what was configured from it")
    void configureMakesAnother() {
        PermessageDeflate original = new PermessageDeflate();
        PermessageDeflate configured = original.configure(Map.of("noContextTakeover", true));
        List<ExtensionParameters> offers = List.of(ExtensionParameters.EMPTY);
        assertEquals(
                "",
                original.accept(offers, LIMIT_OF_16_MIB)
                        .orElseThrow()
                        .response()
                        .toString());
        assertEquals(
                "server_no_context_takeover",
                configured
                        .accept(offers, LIMIT_OF_16_MIB)
                        .orElseThrow()
                        .response()
                        .toString());
    }

    @Test
    void nothingIsNegotiatedAfterClose() {
        PermessageDeflate extension = new PermessageDeflate();
        extension.close();
        assertEquals(Optional.empty(), extension.accept(List.of(ExtensionParameters.EMPTY), LIMIT_OF_16_MIB));
        assertTrue(extension.offer().isEmpty());
    }

    private static Map<String, String> map(String options) {
        return options == null
                ? Map.of()
                : Map.of(
                        options.split("=")[0], Arrays.asList(options.split("=")).get(1));
    }
}

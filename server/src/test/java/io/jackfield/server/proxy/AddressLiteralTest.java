package io.jackfield.server.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7239 section 6. */
class AddressLiteralTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.43, 192.0.2.43, 0",
        "192.0.2.43:47011, 192.0.2.43, 47011",
        "192.0.2.43:_hidden, 192.0.2.43, 0",
        "192.0.2.43:0, 192.0.2.43, 0",
        "[2001:db8:cafe::17], 2001:db8:cafe:0:0:0:0:17, 0",
        "[2001:DB8:cafe::17]:4711, 2001:db8:cafe:0:0:0:0:17, 4711",
        "2001:db8:cafe::17, 2001:db8:cafe:0:0:0:0:17, 0",
        "::1, 0:0:0:0:0:0:0:1, 0",
        "[::1]:_x, 0:0:0:0:0:0:0:1, 0",
        "::ffff:192.0.2.1, 192.0.2.1, 0",
    })
    void nodesWithAnAddressAreRead(String node, String address, int port) {
        InetSocketAddress read = AddressLiteral.node(node).orElseThrow();
        assertEquals(address, read.getAddress().getHostAddress());
        assertEquals(port, read.getPort());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "_hidden",
                "_SEVKISEK",
                "localhost",
                "example.org:80",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "01.2.3.4",
                "1.2.3.256",
                "1.2.3.4:",
                "1.2.3.4:65536",
                "1.2.3.4:080",
                "1.2.3.4:x",
                "1.2.3.4 ",
                ":80",
                "[",
                "[]",
                "[::1",
                "[::1]x",
                "[::1]:",
                "[1.2.3.4]",
                "[fe80::1%eth0]",
                "fe80::1%1",
                "1:2:3:4:5:6:7:8:9",
                "::1::",
                "12345::",
                ":",
                "::1]:80"
            })
    void allElseIsUnknown(String node) {
        assertEquals(Optional.empty(), AddressLiteral.node(node));
    }

    @Test
    void portsAreDecimalNumbersOf16Bits() {
        assertEquals(65_535, AddressLiteral.port("65535"));
        assertEquals(0, AddressLiteral.port("0"));
        assertEquals(-1, AddressLiteral.port("65536"));
        assertEquals(-1, AddressLiteral.port("00"));
        assertEquals(-1, AddressLiteral.port("+1"));
        assertEquals(-1, AddressLiteral.port("\u0661"));
        assertEquals(-1, AddressLiteral.port("99999999999"));
    }
}

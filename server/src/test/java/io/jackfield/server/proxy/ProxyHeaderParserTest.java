package io.jackfield.server.proxy;

import static io.jackfield.server.proxy.ProxyHeaders.binary;
import static io.jackfield.server.proxy.ProxyHeaders.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderParserTest {

    private static final String TCP4 = "c0000201" + "c6336401" + "dc04" + "01bb"; // 192.0.2.1:56324 to port 443
    private static final String IPV6_ADDRESS = "20010db8000000000000000000000001";
    private static final String TCP6 = IPV6_ADDRESS + IPV6_ADDRESS + "dc04" + "01bb";
    private static final String UNIX = "2f746d70".repeat(54);

    static Stream<Arguments> goodHeaders() {
        return Stream.of(
                good(line("PROXY TCP4 192.0.2.1 198.51.100.1 56324 443"), "192.0.2.1:56324"),
                good(line("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535"), "255.255.255.255:65535"),
                good(line("PROXY TCP4 0.0.0.0 0.0.0.0 0 0"), "0.0.0.0:0"),
                good(line("PROXY TCP6 2001:DB8::1 ::1 56324 443"), "2001:db8:0:0:0:0:0:1:56324"),
                good(line("PROXY UNKNOWN"), null),
                // The longest there is, 107 bytes.
                good(line("PROXY UNKNOWN " + "x".repeat(107 - 14 - 2)), null),
                good(
                        line("PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
                                + " ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535"),
                        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff:65535"),
                good(binary("2111", TCP4), "192.0.2.1:56324"),
                good(binary("2121", TCP6), "2001:db8:0:0:0:0:0:1:56324"),
                good(binary("2131", UNIX), null),
                good(binary("2100", ""), null),
                good(binary("2100", "00".repeat(100)), null),
                good(binary("2000", ""), null),
                good(binary("2011", "ff".repeat(12)), null),
                // A health check with what only a connection of a client has.
                good(binary("20ff", "ff"), null),
                // TLVs: NOOP, an authority, a checksum that is not looked at.
                good(binary("2111", TCP4 + "040000" + "020003" + "612e62" + "030004" + "00000000"), "192.0.2.1:56324"),
                good(binary("2111", TCP4 + "ee0fef" + "00".repeat(4079)), "192.0.2.1:56324"),
                good(binary("2111", TCP4 + "200005" + "01" + "00000000"), "192.0.2.1:56324 TLS"),
                good(binary("2131", UNIX + "200008" + "07" + "00000000" + "210000"), "null TLS"),
                // The client does not speak TLS.
                good(binary("2111", TCP4 + "200005" + "00" + "00000001"), "192.0.2.1:56324"));
    }

    private static Arguments good(byte[] header, String expected) {
        return Arguments.of(expected, header);
    }

    private static String text(ProxyHeader header) {
        InetSocketAddress source = header.source();
        String address = source == null ? null : source.getAddress().getHostAddress() + ":" + source.getPort();
        return header.secure() ? address + " TLS" : address;
    }

    @ParameterizedTest
    @MethodSource("goodHeaders")
    void aHeaderIsReadAndWhatFollowsIsLeft(String expected, byte[] header) throws ProtocolException {
        ByteBuffer bytes = ByteBuffer.allocate(header.length + 5)
                .put(header)
                .put("GET /".getBytes(StandardCharsets.US_ASCII))
                .flip();
        assertEquals(expected, text(new ProxyHeaderParser().parse(bytes).orElseThrow()));
        assertEquals(header.length, bytes.position());
    }

    @ParameterizedTest
    @MethodSource("goodHeaders")
    @DisplayName("R-26: however it is cut")
    void aHeaderComesInAnyPieces(String expected, byte[] header) throws ProtocolException {
        ProxyHeaderParser parser = new ProxyHeaderParser();
        for (int i = 0; i < header.length - 1; i++) {
            assertEquals(Optional.empty(), parser.parse(ByteBuffer.wrap(header, i, 1)));
        }
        assertEquals(
                expected,
                text(parser.parse(ByteBuffer.wrap(header, header.length - 1, 1)).orElseThrow()));
        for (int cut = 1; cut < Math.min(header.length, 300); cut++) {
            ProxyHeaderParser halves = new ProxyHeaderParser();
            assertEquals(Optional.empty(), halves.parse(ByteBuffer.wrap(header, 0, cut)));
            assertEquals(
                    expected,
                    text(halves.parse(ByteBuffer.wrap(header, cut, header.length - cut))
                            .orElseThrow()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY ",
                "PROXY  TCP4 192.0.2.1 198.51.100.1 56324 443",
                "PROXY TCP4",
                "PROXY TCP4 192.0.2.1 198.51.100.1 56324",
                "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443 ",
                "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443 x",
                "PROXY TCP4  192.0.2.1 198.51.100.1 56324 443",
                "PROXY TCP4 192.0.2.1\t198.51.100.1 56324 443",
                "PROXY TCP4 192.0.2.01 198.51.100.1 56324 443",
                "PROXY TCP4 192.0.2 198.51.100.1 56324 443",
                "PROXY TCP4 localhost 198.51.100.1 56324 443",
                "PROXY TCP4 ::1 ::1 56324 443",
                "PROXY TCP4 192.0.2.1 198.51.100.1 65536 443",
                "PROXY TCP4 192.0.2.1 198.51.100.1 -1 443",
                "PROXY TCP4 192.0.2.1 198.51.100.1 056324 443",
                "PROXY TCP4 192.0.2.1 198.51.100.1 56324 65536",
                "PROXY TCP4 192.0.2.1 198.51.100.256 56324 443",
                "PROXY TCP4 192.0.2.1\n 198.51.100.1 56324 443",
                "PROXY TCP6 192.0.2.1 198.51.100.1 56324 443",
                "PROXY TCP6 [::1] [::1] 56324 443",
                "PROXY TCP6 fe80::1%eth0 ::1 56324 443",
                "PROXY TCP6 1:2:3:4:5:6:7:8:9 ::1 56324 443",
                "PROXY UDP4 192.0.2.1 198.51.100.1 56324 443",
                "PROXY unknown",
                "PROXY tcp4 192.0.2.1 198.51.100.1 56324 443",
                "PROXY TCP4\u00a0192.0.2.1 198.51.100.1 56324 443",
                "proxy TCP4 192.0.2.1 198.51.100.1 56324 443",
                " PROXY TCP4 192.0.2.1 198.51.100.1 56324 443",
                "PROXYTCP4",
                "GET / HTTP/1.1",
            })
    void aLineThatIsNotByTheLetterIsRefused(String text) {
        assertThrows(ProtocolException.class, () -> parse(line(text)));
    }

    static Stream<byte[]> badBinaryHeaders() {
        return Stream.of(
                binary("1111", TCP4), // version 1
                binary("3111", TCP4), // version 3
                binary("2211", TCP4), // an unknown command
                binary("2112", TCP4), // datagrams
                binary("2122", TCP6),
                binary("2141", TCP4), // an unknown family
                binary("2110", TCP4),
                binary("2113", TCP4),
                binary("2111", ""),
                binary("2111", TCP4.substring(2)),
                binary("2121", TCP4),
                binary("2131", UNIX.substring(2)),
                binary("2111", TCP4 + "00"), // half a TLV
                binary("2111", TCP4 + "0100"),
                binary("2111", TCP4 + "010001"),
                binary("2111", TCP4 + "01ffff00"),
                binary("2111", TCP4 + "200004" + "01000000"), // too short for what it must hold
                binary("2111", TCP4 + "200005" + "01000000"),
                binary("2111", TCP4 + "200000"));
    }

    @ParameterizedTest
    @MethodSource("badBinaryHeaders")
    void aBinaryHeaderThatIsNotByTheLetterIsRefused(byte[] header) {
        assertThrows(ProtocolException.class, () -> parse(header));
    }

    @Test
    @DisplayName("R-26: a header that is too long is refused before its end has come")
    void whatIsTooLongIsRefusedAtOnce() {
        byte[] endless = new byte[200];
        Arrays.fill(endless, (byte) 'x');
        System.arraycopy("PROXY UNKNOWN ".getBytes(StandardCharsets.US_ASCII), 0, endless, 0, 14);
        ByteBuffer bytes = ByteBuffer.wrap(endless);
        assertThrows(ProtocolException.class, () -> new ProxyHeaderParser().parse(bytes));
        assertEquals(107, bytes.position());

        ByteBuffer large = ByteBuffer.wrap(binary("2111", "00".repeat(ProxyHeaderParser.MAX_PAYLOAD_2 + 1)));
        assertThrows(ProtocolException.class, () -> new ProxyHeaderParser().parse(large));
        assertEquals(16, large.position());
    }

    @Test
    @DisplayName("the first byte that does not fit is the last that is read, wherever it is")
    void aWrongStartIsRefusedAtOnce() {
        for (byte[] start : new byte[][] {Arrays.copyOf(line("PROXY "), 6), Arrays.copyOf(binary("2111", TCP4), 12)}) {
            for (int i = 0; i < start.length; i++) {
                byte[] wrong = Arrays.copyOf(start, start.length + 10);
                wrong[i] ^= 0x20;
                ByteBuffer bytes = ByteBuffer.wrap(wrong);
                assertThrows(ProtocolException.class, () -> new ProxyHeaderParser().parse(bytes));
                assertEquals(i + 1, bytes.position());
            }
        }
    }

    @Test
    @DisplayName("R-95: damaged headers are refused or read, and nothing else happens")
    void damagedHeadersDoNoHarm() {
        Random random = new Random(7239);
        byte[][] seeds = goodHeaders().map(header -> (byte[]) header.get()[1]).toArray(byte[][]::new);
        int refused = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] damaged = seeds[random.nextInt(seeds.length)].clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                parse(damaged);
            } catch (ProtocolException e) {
                refused++;
            }
        }
        assertTrue(refused > 1000, () -> "not damaged enough");
    }

    private static Optional<ProxyHeader> parse(byte[] header) throws ProtocolException {
        return new ProxyHeaderParser().parse(ByteBuffer.wrap(header));
    }
}

package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangesTest {

    @ParameterizedTest
    @DisplayName("S-12: an address lies in a range or not")
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.1/32, 192.0.2.1, true",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.255, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 203.0.113.9, false",
        "::1, ::1, true",
        "2001:DB8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::ffff:192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, ::ffff:192.0.2.1, true",
    })
    void anAddressLiesInARangeOrNot(String range, String address, boolean expected) throws UnknownHostException {
        assertEquals(expected, AddressRanges.parse(List.of(range)).contains(address(address)));
    }

    @Test
    void severalRangesAreAUnion() throws UnknownHostException {
        AddressRanges ranges = AddressRanges.parse(List.of("127.0.0.1", "10.0.0.0/8"));
        assertTrue(ranges.contains(address("127.0.0.1")));
        assertTrue(ranges.contains(address("10.1.1.1")));
        assertFalse(ranges.contains(address("127.0.0.2")));
        assertFalse(AddressRanges.NONE.contains(address("127.0.0.1")));
    }

    @ParameterizedTest
    @DisplayName("S-12: nothing but literal addresses, so that nothing is looked up and 10 is not 0.0.0.10")
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.org",
                "10",
                "10/8",
                "127.1",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.4/",
                "1.2.3.4/33",
                "1.2.3.4/-1",
                "1.2.3.4/+8",
                "1.2.3.4/8/8",
                "1.2.3.4/\u0668",
                "/8",
                ":",
                ":::",
                ".:1",
                "1::2::3",
                "::1/129",
                "::ffff:1.2.3.4/33",
                "[::1]",
                "fe80::1%eth0",
                "1.2.3.4 5.6.7.8",
                "0x7f.0.0.1"
            })
    void whatIsNoLiteralAddressIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> AddressRanges.parse(List.of(text)));
    }

    @Test
    void rangesAreEqualByContent() {
        AddressRanges ranges = AddressRanges.parse(List.of("10.0.0.0/8", "::1"));
        AddressRanges same = AddressRanges.parse(List.of(" 10.0.0.0/8", "0:0::1/128"));
        assertEquals(ranges, same);
        assertEquals(ranges.hashCode(), same.hashCode());
        assertNotEquals(ranges, AddressRanges.parse(List.of("10.0.0.0/9", "::1")));
        assertEquals("[10.0.0.0/8, 0:0:0:0:0:0:0:1/128]", ranges.toString());
    }

    @Test
    @DisplayName("Every prefix agrees with a mask by arithmetic")
    void everyPrefixAgreesWithAMask() throws UnknownHostException {
        int network = 0xC0A8_5AA5;
        for (int prefix = 0; prefix <= 32; prefix++) {
            AddressRanges ranges = AddressRanges.parse(List.of("192.168.90.165/" + prefix));
            long mask = 0xFFFF_FFFFL << (32 - prefix) & 0xFFFF_FFFFL;
            for (int bit = 0; bit < 32; bit++) {
                int address = network ^ (1 << bit);
                boolean expected = (address & mask) == (network & mask);
                byte[] bytes = {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address};
                assertEquals(expected, ranges.contains(InetAddress.getByAddress(bytes)), Arrays.toString(bytes));
            }
        }
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}

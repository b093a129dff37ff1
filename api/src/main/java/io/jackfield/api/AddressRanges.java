package io.jackfield.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sets of network addresses, each given as an address or as address/prefix (RFC 4632). Immutable. */
record AddressRanges(List<Range> ranges) {

    static final AddressRanges NONE = new AddressRanges(List.of());

    AddressRanges {
        ranges = List.copyOf(ranges);
    }

    /** Parses literal addresses; host names are refused, so that nothing is looked up. */
    static AddressRanges parse(Collection<String> texts) {
        List<Range> parsed = new ArrayList<>();
        for (String text : texts) {
            parsed.add(Range.parse(text));
        }
        return new AddressRanges(parsed);
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ranges.stream().anyMatch(range -> range.contains(bytes));
    }

    /** The ranges, separated by commas. */
    @Override
    public String toString() {
        return ranges.toString();
    }

    record Range(InetAddress network, int prefix) {

        private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

        /**
         * IPv4 only as four decimal numbers without leading zeros: {@link InetAddress} takes {@code 10} for 0.0.0.10
         * and looks up what it does not understand. IPv6 as far as needed to leave the rest to {@code InetAddress}.
         */
        private static final Pattern ADDRESS_AND_PREFIX = Pattern.compile(
                "(?:(" + OCTET + "(?:\\." + OCTET + "){3})|([0-9A-Fa-f.]*:[0-9A-Fa-f:.]*))" + "(?:/([0-9]{1,3}))?");

        static Range parse(String text) {
            Matcher matcher = ADDRESS_AND_PREFIX.matcher(text.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("Not an address or address/prefix: '" + text + "'");
            }
            InetAddress network = address(text, matcher.group(1), matcher.group(2));
            int bits = network.getAddress().length * 8;
            int prefix = matcher.group(3) == null ? bits : Integer.parseInt(matcher.group(3));
            if (prefix > bits) {
                throw new IllegalArgumentException("Prefix longer than " + bits + " bits: '" + text + "'");
            }
            return new Range(network, prefix);
        }

        private static InetAddress address(String text, String version4, String version6) {
            try {
                // Brackets say that it can only be an IPv6 literal: without them some texts would be looked up.
                return InetAddress.getByName(version4 != null ? version4 : "[" + version6 + "]");
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("Not an address or address/prefix: '" + text + "'", e);
            }
        }

        boolean contains(byte[] address) {
            byte[] expected = network.getAddress();
            if (address.length != expected.length) {
                return false;
            }
            for (int bit = 0; bit < prefix; bit++) {
                int mask = 0x80 >> (bit & 7);
                if ((address[bit >> 3] & mask) != (expected[bit >> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return network.getHostAddress() + "/" + prefix;
        }
    }
}

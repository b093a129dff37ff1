package io.jackfield.server.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.util.Optional;
import java.util.function.Function;

/** The line of version 1, such as {@code PROXY TCP4 192.0.2.1 198.51.100.1 56324 443} (section 2.1). */
final class ProxyHeaderV1 {

    private static final int FIELDS = 6;

    private ProxyHeaderV1() {}

    /**
     * @param line without its end
     */
    static ProxyHeader parse(String line) throws ProtocolException {
        String[] fields = line.split(" ", -1);
        return switch (fields[1]) {
            case "TCP4" -> client(fields, AddressLiteral::version4);
            case "TCP6" -> client(fields, AddressLiteral::version6);
            // What stands behind it is to be ignored.
            case "UNKNOWN" -> ProxyHeader.NONE;
            default -> throw malformed();
        };
    }

    private static ProxyHeader client(String[] fields, Function<String, Optional<InetAddress>> addresses)
            throws ProtocolException {
        if (fields.length != FIELDS) {
            throw malformed();
        }
        Optional<InetAddress> source = addresses.apply(fields[2]);
        Optional<InetAddress> destination = addresses.apply(fields[3]);
        int sourcePort = AddressLiteral.port(fields[4]);
        int destinationPort = AddressLiteral.port(fields[5]);
        if (source.isEmpty() || destination.isEmpty() || sourcePort < 0 || destinationPort < 0) {
            throw malformed();
        }
        return new ProxyHeader(new InetSocketAddress(source.get(), sourcePort), false);
    }

    private static ProtocolException malformed() {
        return new ProtocolException("a malformed PROXY protocol header of version 1");
    }
}

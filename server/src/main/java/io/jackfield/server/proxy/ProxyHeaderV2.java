package io.jackfield.server.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * The binary header of version 2 (section 2.2):
 *
 * <pre>
 *  0           12        13        14       16
 * +-----------+---------+---------+--------+------------------+-------------------------------+
 * | signature | version | family, | length | source and       | TLVs: type (1), length (2),   |
 * |           | command | proto   |        | destination      | value                         |
 * +-----------+---------+---------+--------+------------------+-------------------------------+
 * </pre>
 */
final class ProxyHeaderV2 {

    static final byte[] SIGNATURE = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};
    static final int B12_VERSION_AND_COMMAND = 12;
    static final int B13_FAMILY_AND_PROTOCOL = 13;
    static final int B14_LENGTH = 14;
    static final int FIXED_LENGTH = 16;

    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;

    private static final int UNSPECIFIED = 0x00;
    private static final int TCP_OVER_IPV4 = 0x11;
    private static final int TCP_OVER_IPV6 = 0x21;
    private static final int UNIX_STREAM = 0x31;
    private static final int UNIX_ADDRESSES_LENGTH = 216;

    private static final int TLV_HEADER_LENGTH = 3;
    private static final int TLV_SSL = 0x20;
    private static final int SSL_LENGTH = 5;
    private static final int SSL_CLIENT_USES_TLS = 0x01;

    private ProxyHeaderV2() {}

    /**
     * @param header the whole header
     */
    static ProxyHeader parse(ByteBuffer header) throws ProtocolException {
        int command = Byte.toUnsignedInt(header.get(B12_VERSION_AND_COMMAND));
        int family = Byte.toUnsignedInt(header.get(B13_FAMILY_AND_PROTOCOL));
        header.position(FIXED_LENGTH);
        return switch (command) {
            // The proxy's own connection, a health check for instance: family, addresses and TLVs mean nothing.
            case LOCAL -> ProxyHeader.NONE;
            case PROXY ->
                switch (family) {
                    case TCP_OVER_IPV4 -> client(header, 4);
                    case TCP_OVER_IPV6 -> client(header, 16);
                    case UNIX_STREAM -> {
                        skip(header, UNIX_ADDRESSES_LENGTH);
                        yield new ProxyHeader(null, isSecure(header));
                    }
                    // What is there besides TLVs is not known.
                    case UNSPECIFIED -> ProxyHeader.NONE;
                    // Datagrams do not come through a stream; other values have no meaning.
                    default -> throw new ProtocolException("a PROXY protocol header of family " + family);
                };
            default -> throw new ProtocolException("a PROXY protocol header with version and command " + command);
        };
    }

    private static ProxyHeader client(ByteBuffer header, int addressLength) throws ProtocolException {
        byte[] source = new byte[addressLength];
        if (header.remaining() < 2 * addressLength + 4) {
            throw tooShort();
        }
        header.get(source);
        skip(header, addressLength);
        int port = Short.toUnsignedInt(header.getShort());
        skip(header, 2);
        try {
            return new ProxyHeader(new InetSocketAddress(InetAddress.getByAddress(source), port), isSecure(header));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Looks for the TLV that tells of TLS (section 2.2.6) and skips all others. */
    private static boolean isSecure(ByteBuffer tlvs) throws ProtocolException {
        boolean secure = false;
        while (tlvs.hasRemaining()) {
            if (tlvs.remaining() < TLV_HEADER_LENGTH) {
                throw tooShort();
            }
            int type = Byte.toUnsignedInt(tlvs.get());
            int length = Short.toUnsignedInt(tlvs.getShort());
            if (type == TLV_SSL) {
                if (length < SSL_LENGTH || length > tlvs.remaining()) {
                    throw tooShort();
                }
                secure = (tlvs.get(tlvs.position()) & SSL_CLIENT_USES_TLS) != 0;
            }
            skip(tlvs, length);
        }
        return secure;
    }

    private static void skip(ByteBuffer header, int length) throws ProtocolException {
        if (length > header.remaining()) {
            throw tooShort();
        }
        header.position(header.position() + length);
    }

    private static ProtocolException tooShort() {
        return new ProtocolException("a PROXY protocol header that is shorter than what it holds");
    }
}

package io.jackfield.server.proxy;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the header of the PROXY protocol, version 1 or 2, in whatever pieces it comes. Holds no more than a header: 107
 * bytes of version 1, 4112 of version 2.
 */
public final class ProxyHeaderParser {

    /** "worst case … 107 chars", the end of the line included (section 2.1). */
    private static final int MAX_LENGTH_1 = 107;

    /** Addresses of UNIX sockets take 216 bytes; the rest are TLVs, of which some proxies send a certificate's names. */
    static final int MAX_PAYLOAD_2 = 4096;

    /** The version is known as soon as a byte differs from one of these. */
    private static final byte[] START_1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);

    private ByteBuffer header = ByteBuffer.allocate(MAX_LENGTH_1);

    /**
     * Reads on.
     *
     * @param bytes what has come; the position moves behind what belongs to the header
     * @return what the header says, or empty if it is not complete
     * @throws ProtocolException if this is no header, or a bad one
     */
    public Optional<ProxyHeader> parse(ByteBuffer bytes) throws ProtocolException {
        while (bytes.hasRemaining()) {
            header.put(bytes.get());
            Optional<ProxyHeader> complete = header.get(0) == ProxyHeaderV2.SIGNATURE[0] ? version2() : version1();
            if (complete.isPresent()) {
                return complete;
            }
        }
        return Optional.empty();
    }

    private Optional<ProxyHeader> version1() throws ProtocolException {
        int length = header.position();
        require(START_1);
        byte last = header.get(length - 1);
        if (last == '\n' && header.get(length - 2) == '\r') {
            return Optional.of(
                    ProxyHeaderV1.parse(new String(header.array(), 0, length - 2, StandardCharsets.ISO_8859_1)));
        }
        if (length == MAX_LENGTH_1) {
            throw new ProtocolException("a PROXY protocol header of more than " + MAX_LENGTH_1 + " bytes");
        }
        return Optional.empty();
    }

    private Optional<ProxyHeader> version2() throws ProtocolException {
        int length = header.position();
        require(ProxyHeaderV2.SIGNATURE);
        if (length < ProxyHeaderV2.FIXED_LENGTH) {
            return Optional.empty();
        }
        int total = ProxyHeaderV2.FIXED_LENGTH + Short.toUnsignedInt(header.getShort(ProxyHeaderV2.B14_LENGTH));
        if (total > ProxyHeaderV2.FIXED_LENGTH + MAX_PAYLOAD_2) {
            throw new ProtocolException("a PROXY protocol header of " + total + " bytes");
        }
        if (length == total) {
            return Optional.of(ProxyHeaderV2.parse(header.flip()));
        }
        if (length == header.capacity()) {
            header = ByteBuffer.allocate(total).put(header.flip());
        }
        return Optional.empty();
    }

    /** The newest byte must be the one that a fixed beginning has there. */
    private void require(byte[] start) throws ProtocolException {
        int last = header.position() - 1;
        if (last < start.length && header.get(last) != start[last]) {
            throw new ProtocolException("no PROXY protocol header");
        }
    }
}

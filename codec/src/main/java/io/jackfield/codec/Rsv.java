package io.jackfield.codec;

/** The reserved bits of RFC 6455 section 5.2, where they stand in the first byte of a frame. */
final class Rsv {

    static final int RSV1 = 0x40;
    static final int RSV2 = 0x20;
    static final int RSV3 = 0x10;
    static final int ALL = RSV1 | RSV2 | RSV3;

    private Rsv() {}

    static int bits(boolean rsv1, boolean rsv2, boolean rsv3) {
        return (rsv1 ? RSV1 : 0) | (rsv2 ? RSV2 : 0) | (rsv3 ? RSV3 : 0);
    }
}

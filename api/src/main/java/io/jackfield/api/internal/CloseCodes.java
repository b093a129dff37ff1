package io.jackfield.api.internal;

/** The ranges of close codes (RFC 6455 section 7.4). Here because the extension package does not know the other. */
public final class CloseCodes {

    private CloseCodes() {}

    /**
     * Whether a close frame may carry the code.
     *
     * @param value any number
     * @return true for 1000 to 1003, 1007 to 1014 and 3000 to 4999
     */
    public static boolean isLegalOnWire(int value) {
        return (value >= 1000 && value <= 1003) || (value >= 1007 && value <= 1014) || isForApplications(value);
    }

    /**
     * Whether the code is one that libraries and applications define.
     *
     * @param value any number
     * @return true for 3000 to 4999
     */
    public static boolean isForApplications(int value) {
        return value >= 3000 && value <= 4999;
    }
}

package io.jackfield.server.loop;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/** Where buffers outside of the heap come from. */
final class DirectMemory {

    static {
        loadTypesOfAccesses();
    }

    private DirectMemory() {}

    /** A direct buffer, big-endian as the network is. */
    static ByteBuffer allocate(int capacity) {
        return ByteBuffer.allocateDirect(capacity);
    }

    /**
     * HotSpot puts a method into its caller only if all types of its signature are loaded. The methods behind each access to
     * a direct buffer name one that nothing else needs, so that it is loaded by chance: too late for what is compiled before,
     * which then calls for each access as long as the process runs. In up to every third process an echo of 125 bytes took
     * 480 to 630 ns instead of 350. Listing the methods loads the types; none is called.
     */
    @SuppressWarnings("ReturnValueIgnored") // see above
    private static void loadTypesOfAccesses() {
        try {
            Buffer.class.getDeclaredMethods();
        } catch (SecurityException e) {
            // Only the speed depends on it.
        }
    }
}

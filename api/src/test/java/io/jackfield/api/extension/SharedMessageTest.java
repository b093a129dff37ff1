package io.jackfield.api.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.extension.ExtensionMessage.Type;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SharedMessageTest {

    private final SharedMessage message =
            SharedMessage.of(new ExtensionMessage(Type.BINARY, false, true, false, buffer("010203")));
    private int made;

    private static ByteBuffer buffer(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return HexFormat.of().formatHex(copy);
    }

    private ExtensionMessage shorter(ExtensionMessage original) {
        made++;
        return original.withRsv1(true).withPayload(original.payload().position(2));
    }

    @Test
    @DisplayName("R-46: its frame has the reserved bits, and is that of RFC 6455 section 5.2")
    void frame() {
        assertEquals("a203010203", hex(message.frame()));
        assertEquals("010203", hex(message.payload()));
        assertEquals(3, message.length());
        assertTrue(message.rsv2() && !message.rsv1() && !message.rsv3());
        assertEquals(Type.BINARY, message.type());
        assertEquals(message.message(), new ExtensionMessage(Type.BINARY, false, true, false, buffer("010203")));
    }

    @Test
    @DisplayName("A form is made once for each key, and has the bits and the payload that were made")
    void formsAreMadeOnce() throws ExtensionException {
        SharedMessage form = message.form("short", this::shorter);
        assertSame(form, message.form(new String("short"), this::shorter));
        assertEquals(1, made);
        assertEquals("e20103", hex(form.frame()));
        assertNotSame(form, message.form("other", this::shorter));
        assertEquals(2, made);
        // Nobody's reading moves what others read.
        assertEquals("a203010203", hex(message.frame()));
    }

    @Test
    @DisplayName("What a transformation leaves as it is stays the message itself, and that is remembered too")
    void unchanged() throws ExtensionException {
        for (int i = 0; i < 2; i++) {
            assertSame(message, message.form("same", original -> {
                made++;
                return original;
            }));
        }
        assertEquals(1, made);
    }

    @Test
    @DisplayName("A form has forms of its own, for the extension behind")
    void formsOfForms() throws ExtensionException {
        SharedMessage first = message.form("a", this::shorter);
        SharedMessage second = first.form("a", original -> original.withRsv3(true));
        assertEquals("f20103", hex(second.frame()));
        assertSame(second, message.form("a", this::shorter).form("a", this::shorter));
        assertEquals(1, made);
    }

    @Test
    @DisplayName("What throws is not remembered, and null is refused")
    void failures() throws ExtensionException {
        ExtensionException failure = new ExtensionException(1011, "no", null);
        assertSame(
                failure,
                assertThrows(
                        ExtensionException.class,
                        () -> message.form("a", original -> {
                            throw failure;
                        })));
        assertThrows(NullPointerException.class, () -> message.form("a", original -> null));
        assertEquals("e20103", hex(message.form("a", this::shorter).frame()));
    }

    @Test
    @DisplayName("However many keys there are, a message keeps few forms")
    void isBounded() throws ExtensionException {
        for (int i = 0; i < 100; i++) {
            message.form("key " + i, this::shorter);
        }
        int before = made;
        message.form("key 0", this::shorter);
        assertEquals(before, made);
        message.form("key 99", this::shorter);
        assertEquals(before + 1, made);
    }

    @Test
    @DisplayName("Threads that ask at once get the same form")
    void threads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CyclicBarrier barrier = new CyclicBarrier(2);
            for (int i = 0; i < 15; i++) {
                String key = "key " + i;
                Future<SharedMessage> other = threads.submit(() -> {
                    barrier.await();
                    return message.form(key, original -> original.withRsv1(true));
                });
                barrier.await();
                SharedMessage own = message.form(key, original -> original.withRsv1(true));
                assertSame(own, other.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}

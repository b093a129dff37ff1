package io.jackfield.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jackfield.api.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of keys that are replaced under a server that runs. */
@Timeout(60)
class TlsRenewalTest {

    private static final char[] PASSWORD = TestTls.PASSWORD.toCharArray();
    private static final Duration OFTEN = Duration.ofMillis(1);

    private static byte[] firstStore;
    private static byte[] secondStore;
    private static Certificate first;
    private static Certificate second;
    private static SSLContext client;

    @TempDir
    Path folder;

    private Path file;
    private WebSocketServer server;

    @BeforeAll
    static void makeKeys(@TempDir Path origin) throws Exception {
        Path before = origin.resolve("first.p12");
        Path after = origin.resolve("second.p12");
        TestTls.generate(before, "PKCS12", "server", "EC", "dns:localhost");
        TestTls.generate(after, "PKCS12", "server", "EC", "dns:localhost");
        firstStore = Files.readAllBytes(before);
        secondStore = Files.readAllBytes(after);
        first = TestTls.load(before).getCertificate("server");
        second = TestTls.load(after).getCertificate("server");
        client = TestTls.clientTrusting(TestTls.load(before), TestTls.load(after));
    }

    @BeforeEach
    void writeKeys() throws Exception {
        file = Files.write(folder.resolve("keys.p12"), firstStore);
        Files.write(next(), secondStore);
        // Whatever the file system makes of two times that are close to each other.
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path next() {
        return folder.resolve("next.p12");
    }

    private void start(Options options) throws IOException, GeneralSecurityException {
        server = WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .loops(1)
                .tls(Tls.builder().keyStore(file, PASSWORD).lookEvery(OFTEN).build())
                .options(options)
                .start();
    }

    /** As renewal tools do it: what is there is whole at any time. */
    private void replaceFile() throws IOException {
        Files.move(next(), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Certificate shown() throws IOException {
        try (SSLSocket socket =
                (SSLSocket) client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port())) {
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private void awaitShown(Certificate expected) throws IOException {
        while (!shown().equals(expected)) {
            // The time limit of the test ends it.
            Thread.onSpinWait();
        }
    }

    @Test
    void aReplacedFileIsReadWithoutARestart() throws Exception {
        start(Options.defaults());
        assertEquals(first, shown());
        replaceFile();
        awaitShown(second);
    }

    @Test
    void aFileThatIsNotWholeYetLeavesTheOldKeyUntilItIs() throws Exception {
        HeldTasks executor = new HeldTasks();
        start(Options.builder().executor(executor).build());
        Files.write(file, new byte[] {1, 2, 3});
        executor.runNext();
        executor.runNext();
        assertEquals(first, shown());
        replaceFile();
        executor.runNext();
        assertEquals(second, shown());
    }

    @Test
    void whoeverRenewsItInTheMeantimeWins() throws Exception {
        HeldTasks executor = new HeldTasks();
        start(Options.builder().executor(executor).build());
        Tls other = Tls.builder()
                .keyStore(TestTls.load(next()), PASSWORD)
                .lookEvery(OFTEN)
                .build();
        Runnable look = executor.next();
        server.renewTls(other);
        Files.write(file, firstStore);
        look.run();
        assertEquals(second, shown());
    }

    @Test
    @DisplayName("an executor that has no room is asked again")
    void anExecutorWithoutRoomIsAskedAgain() throws Exception {
        AtomicInteger refusals = new AtomicInteger(3);
        start(Options.builder()
                .executor(task -> {
                    if (refusals.getAndDecrement() > 0) {
                        throw new RejectedExecutionException("no room");
                    }
                    task.run();
                })
                .build());
        replaceFile();
        awaitShown(second);
    }

    @Test
    void onlyFilesAreLookedAt() throws Exception {
        server = WebSocketServer.builder().build();
        Tls inMemory = Tls.builder()
                .keyStore(TestTls.load(file), PASSWORD)
                .lookEvery(OFTEN)
                .build();
        assertEquals(Duration.ZERO, inMemory.lookInterval());
        assertEquals(Duration.ZERO, Tls.of(TestTls.serverContext()).lookInterval());
        Tls.Builder files = Tls.builder().keyStore(file, PASSWORD);
        assertEquals(Duration.ofMinutes(1), files.build().lookInterval());
        assertEquals(OFTEN, files.lookEvery(OFTEN).build().reread().lookInterval());
        assertEquals(Duration.ZERO, files.lookEvery(Duration.ZERO).build().lookInterval());
        assertThrows(IllegalArgumentException.class, () -> files.lookEvery(Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> files.lookEvery(Duration.ofHours(25)));
    }

    /** An executor that runs nothing by itself. */
    private static final class HeldTasks implements Executor {

        private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        Runnable next() throws InterruptedException {
            Runnable task = tasks.poll(20, TimeUnit.SECONDS);
            assertNotNull(task, "nobody looks at the files");
            return task;
        }

        void runNext() throws InterruptedException {
            next().run();
        }
    }
}

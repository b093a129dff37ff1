package io.jackfield.server.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.server.WebSocketServer;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Set;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;

class ManagementTest {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private static WebSocketServer.Builder builder() {
        return WebSocketServer.builder().host("127.0.0.1").port(0).loops(1);
    }

    private static ObjectName name(int port) throws Exception {
        return new ObjectName("io.jackfield:type=Server,host=127.0.0.1,port=" + port);
    }

    @Test
    void aServerIsABeanWhileItListens() throws Exception {
        ObjectName name;
        try (WebSocketServer server = builder().onConnection(socket -> {}).start()) {
            name = name(server.port());
            assertEquals(server.url(), BEANS.getAttribute(name, "Url"));
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                    .build();
            assertEquals(
                    426,
                    HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode());
            assertEquals(1L, BEANS.getAttribute(name, "PlainRequests"));
            TabularData refused = (TabularData) BEANS.getAttribute(name, "RefusedHandshakes");
            assertTrue(refused.isEmpty());
        }
        assertFalse(BEANS.isRegistered(name));
    }

    @Test
    void eachServerIsABeanOfItsOwn() throws Exception {
        try (WebSocketServer second = builder().start()) {
            ObjectName firstName;
            try (WebSocketServer first = builder().start()) {
                firstName = name(first.port());
                assertTrue(BEANS.isRegistered(firstName));
            }
            assertFalse(BEANS.isRegistered(firstName));
            assertTrue(BEANS.isRegistered(name(second.port())));
        }
    }

    @Test
    void aServerNeedNotBeABean() throws Exception {
        try (WebSocketServer server = builder().jmx(false).start()) {
            assertFalse(BEANS.isRegistered(name(server.port())));
        }
    }

    @Test
    void everyAttributeCanBeRead() throws Exception {
        try (WebSocketServer server = builder().start()) {
            ObjectName name = name(server.port());
            String[] attributes = Arrays.stream(BEANS.getMBeanInfo(name).getAttributes())
                    .map(MBeanAttributeInfo::getName)
                    .toArray(String[]::new);
            assertEquals(
                    Set.of(attributes).size(),
                    BEANS.getAttributes(name, attributes).size());
            assertEquals(1, BEANS.getAttribute(name, "EventLoops"));
        }
    }
}

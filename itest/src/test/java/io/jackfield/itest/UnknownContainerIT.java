package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A container whose own types the adapter does not see, as where modules or bundles hide them: it is not tried blindly. */
@ParameterizedClass
@EnumSource(names = {"TOMCAT_9_0", "TOMCAT_11_0"})
class UnknownContainerIT {

    @Parameter
    private Container container;

    @Test
    void handshakesAreRefusedWithTheReasonAndTheRestIsServed() throws IOException {
        try (ContainerProcess process =
                ContainerProcess.start(container, TestKeys.generate(), "TomcatUpgradeHandler")) {
            HttpAnswer refused = answer(process, RawClient.handshake("/app/ws/echo"));
            assertEquals(501, refused.status());
            assertEquals(List.of(), refused.fields("Upgrade"));
            assertTrue(refused.body().contains("jackfield-http-servlet"), refused::toString);
            assertEquals(
                    426,
                    answer(process, RawClient.head("GET /app/ws/echo HTTP/1.1", "Host: localhost"))
                            .status());
            assertEquals(
                    200,
                    answer(process, RawClient.head("GET /app/hello HTTP/1.1", "Host: localhost"))
                            .status());
        }
    }

    private static HttpAnswer answer(ContainerProcess process, String head) {
        try (RawClient client = RawClient.connect(process.port()).send(head)) {
            return client.readAnswer();
        }
    }
}

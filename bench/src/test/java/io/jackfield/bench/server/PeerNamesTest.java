package io.jackfield.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.ContainerProvider;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.WebSocketContainer;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.websocket.api.Configurable;
import org.eclipse.jetty.websocket.api.annotations.OnWebSocketClose;
import org.eclipse.jetty.websocket.api.annotations.OnWebSocketError;
import org.eclipse.jetty.websocket.api.annotations.OnWebSocketFrame;
import org.eclipse.jetty.websocket.api.annotations.OnWebSocketMessage;
import org.eclipse.jetty.websocket.api.annotations.OnWebSocketOpen;
import org.eclipse.jetty.websocket.api.annotations.OnWebSocketPing;
import org.eclipse.jetty.websocket.api.annotations.OnWebSocketPong;
import org.eclipse.jetty.websocket.core.internal.PerMessageDeflateExtension;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketCreator;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.extensions.IExtension;
import org.java_websocket.protocols.Protocol;
import org.java_websocket.server.DefaultSSLWebSocketServerFactory;
import org.junit.jupiter.api.Test;

/**
 * The pages for those who come from other libraries call things by the names that they have there. The servers that are
 * measured bring those libraries, so their classes can be asked.
 */
class PeerNamesTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    /** Called, written as an annotation, given as an attribute, or alone between back quotes. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w\"])(\\w+)(?=\\()|@(\\w+)|(\\w+)(?= = )|^([\\w.]+)$");

    /** What an annotated method may take. */
    private static final Set<String> OF_THE_JDK = Set.of("String", "ByteBuffer", "Reader", "InputStream");

    @Test
    void namesOfJavaWebSocket() throws IOException {
        assertKnown(
                "from-java-websocket.md",
                org.java_websocket.server.WebSocketServer.class,
                org.java_websocket.WebSocket.class,
                DefaultSSLWebSocketServerFactory.class,
                WebsocketNotConnectedException.class,
                Draft_6455.class,
                Protocol.class,
                IExtension.class,
                org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension.class,
                WebSocketClient.class);
    }

    @Test
    void namesOfJetty() throws IOException {
        assertKnown(
                "from-jetty.md",
                WebSocketUpgradeHandler.class,
                ServerWebSocketContainer.class,
                WebSocketCreator.class,
                ServerUpgradeRequest.class,
                ServerUpgradeResponse.class,
                org.eclipse.jetty.websocket.api.annotations.WebSocket.class,
                OnWebSocketOpen.class,
                OnWebSocketMessage.class,
                OnWebSocketFrame.class,
                OnWebSocketPing.class,
                OnWebSocketPong.class,
                OnWebSocketError.class,
                OnWebSocketClose.class,
                org.eclipse.jetty.websocket.api.Session.class,
                org.eclipse.jetty.websocket.api.Session.Listener.class,
                org.eclipse.jetty.websocket.api.Session.Listener.AutoDemanding.class,
                Configurable.class,
                PerMessageDeflateExtension.class);
    }

    @Test
    void namesOfJakarta() throws IOException {
        assertKnown(
                "from-jakarta-websocket.md",
                ServerEndpoint.class,
                ServerContainer.class,
                ServerApplicationConfig.class,
                ServerEndpointConfig.Configurator.class,
                ContainerProvider.class,
                WebSocketContainer.class,
                jakarta.websocket.Endpoint.class,
                OnOpen.class,
                OnMessage.class,
                OnError.class,
                OnClose.class,
                jakarta.websocket.CloseReason.class,
                PongMessage.class,
                PathParam.class,
                jakarta.websocket.Session.class,
                RemoteEndpoint.Basic.class,
                RemoteEndpoint.Async.class);
    }

    private static void assertKnown(String page, Class<?>... types) throws IOException {
        Set<String> named = named(Files.readString(Path.of("..", "docs", page)));
        assertTrue(named.size() > 10, () -> page + " names only " + named);
        Set<String> unknown = new TreeSet<>(named);
        unknown.removeAll(OF_THE_JDK);
        for (Class<?> type : types) {
            unknown.remove(type.getSimpleName());
            Stream.concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getDeclaredMethods()))
                    .map(Method::getName)
                    .forEach(unknown::remove);
        }
        assertEquals(Set.of(), unknown, page);
    }

    /** The names in the columns of a page's tables that stand before the one headed "here". */
    private static Set<String> named(String page) {
        Set<String> names = new TreeSet<>();
        int theirs = 0;
        for (String line : page.split("\n")) {
            List<String> cells = line.startsWith("| ")
                    ? Arrays.stream(line.split("\\|")).map(String::strip).toList()
                    : List.of();
            if (cells.isEmpty()) {
                theirs = line.startsWith("|-") ? theirs : 0;
            } else if (cells.contains("here")) {
                theirs = cells.indexOf("here");
            } else {
                cells.stream().limit(theirs).forEach(cell -> names.addAll(namesIn(cell)));
            }
        }
        return names;
    }

    private static Set<String> namesIn(String cell) {
        return CODE.matcher(cell)
                .results()
                .map(code -> code.group(1))
                .flatMap(code -> NAME.matcher(code).results())
                .map(MatchResult::group)
                .flatMap(name -> Arrays.stream(name.replace("@", "").split("\\.")))
                .collect(Collectors.toSet());
    }
}

package io.jackfield.codec.handshake;

import io.jackfield.api.Request;
import io.jackfield.api.Response;
import io.jackfield.api.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads and judges a request as RFC 6455 section 4.2.1 says, up to the first thing that is wrong with it. */
final class OpeningRequestJudge {

    private static final String SUPPORTED_VERSION = "13";

    private final Request request;
    private final HandshakeFields fields;

    /** The first thing that is wrong, or null. */
    private OpeningHandshake.Rejected rejection;

    private String key;
    private List<ExtensionHeader.Element> extensionOffers = List.of();
    private Set<String> protocols = Set.of();

    private OpeningRequestJudge(Request request, HandshakeFields fields) {
        this.request = request;
        this.fields = fields;
    }

    static OpeningHandshake.Judgement judge(Request request, HandshakeFields fields) {
        OpeningRequestJudge judge = new OpeningRequestJudge(request, fields);
        return judge.readAll()
                ? new OpeningRequest(judge.key, judge.extensionOffers, judge.protocols)
                : judge.rejection;
    }

    /** In the order in which faults are to be reported; false at the first. */
    private boolean readAll() {
        return asksForWebSocket()
                && hasSupportedVersion()
                && readKey()
                && readExtensions()
                && readProtocols()
                && hasOneHost()
                && hasNoBody();
    }

    /** Items 1, 3 and 4. */
    private boolean asksForWebSocket() {
        String reason = "Not a WebSocket request";
        Optional<Response> methodRefused = RequestMethod.refuse(request.method(), Set.of("GET"));
        if (methodRefused.isPresent()) {
            return reject(methodRefused.get().body(reason.getBytes(StandardCharsets.UTF_8)), reason);
        }
        // RFC 9110 section 7.8: Upgrade in an HTTP/1.0 request is to be ignored.
        boolean mayUpgrade = !request.version().equals("HTTP/1.0");
        return mayUpgrade && WebSocket.isWebSocket(request) || reject(400, reason);
    }

    /** Item 6. RFC 6455 section 4.4: the answer to another version lists those that the server speaks. */
    private boolean hasSupportedVersion() {
        String version = HandshakeFields.joined(fields.versions());
        if (version.equals(SUPPORTED_VERSION)) {
            return true;
        }
        boolean missing = fields.versions().isEmpty();
        String reason = "Unsupported WebSocket version: " + (missing ? "(none)" : PeerText.quote(version));
        // Without version and key it is no RFC 6455 client at all (a draft of 2010 looks like that).
        boolean legacy = missing && fields.keys().isEmpty();
        Response response = legacy
                ? Response.text(400, reason)
                // RFC 9110 section 15.5.22: a 426 names the protocol to upgrade to.
                : Response.text(426, reason).header("Upgrade", "websocket");
        return reject(response.header(HandshakeFields.VERSION, SUPPORTED_VERSION), reason);
    }

    /** Item 5. RFC 6455 section 11.3.1: the field stands once. */
    private boolean readKey() {
        List<String> keys = fields.keys();
        if (keys.isEmpty()) {
            return reject(400, "Missing handshake request header: " + HandshakeFields.KEY);
        }
        key = keys.get(0);
        return keys.size() == 1 && HandshakeKey.isValid(key)
                || reject(400, "Invalid " + HandshakeFields.KEY + " header");
    }

    /** Item 9. */
    private boolean readExtensions() {
        if (fields.extensions().isEmpty()) {
            return true;
        }
        String value = HandshakeFields.joined(fields.extensions());
        Optional<List<ExtensionHeader.Element>> offers = ExtensionHeader.parse(value);
        extensionOffers = offers.orElse(List.of());
        return offers.isPresent() || reject(400, invalid(HandshakeFields.EXTENSIONS, value));
    }

    /** Item 8. */
    private boolean readProtocols() {
        if (fields.protocols().isEmpty()) {
            return true;
        }
        String value = HandshakeFields.joined(fields.protocols());
        Optional<Set<String>> names = SubprotocolList.parse(value);
        protocols = names.orElse(Set.of());
        return names.isPresent() || reject(400, invalid(HandshakeFields.PROTOCOL, value));
    }

    /** Item 2. */
    private boolean hasOneHost() {
        List<String> hosts = fields.hosts();
        if (hosts.isEmpty()) {
            return reject(400, "Missing handshake request header: Host");
        }
        return hosts.size() == 1 && Authority.isValid(hosts.get(0)) || reject(400, "Invalid Host header");
    }

    /** RFC 9110 section 7.8: frames begin behind the whole request, and this server reads no bodies. */
    private boolean hasNoBody() {
        Optional<Response> refused =
                MessageBody.refuse(fields.contentLengths(), fields.transferEncodings(), request.version());
        return refused.isEmpty() || reject(refused.get(), "WebSocket request with a body");
    }

    private static String invalid(String name, String value) {
        return "Invalid " + name + " header: " + PeerText.quote(value);
    }

    private boolean reject(int status, String reason) {
        return reject(Response.text(status, reason), reason);
    }

    private boolean reject(Response response, String reason) {
        rejection = new OpeningHandshake.Rejected(response, reason);
        return false;
    }
}

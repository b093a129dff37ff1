package io.jackfield.codec.handshake;

import io.jackfield.api.Request;
import io.jackfield.api.Response;
import java.util.Arrays;
import java.util.Map;

/** A response behind which the connection is closed, so that nothing is ever read as a second request. */
final class ClosingResponse {

    private static final int NO_CONTENT = 204;
    private static final int RESET_CONTENT = 205;
    private static final int NOT_MODIFIED = 304;

    private ClosingResponse() {}

    static byte[] encode(Request request, Response response) {
        ResponseHead head = new ResponseHead(response.status());
        for (Map.Entry<String, String> field : response.headers()) {
            if (!field.getKey().equalsIgnoreCase("Connection")) {
                head.field(field.getKey(), field.getValue());
            }
        }
        byte[] body = isBodyAllowed(response.status()) ? response.body() : new byte[0];
        // RFC 9110 section 8.6: a 204 has no Content-Length, and in a 304 it would speak of another response.
        if (response.status() != NO_CONTENT && response.status() != NOT_MODIFIED) {
            head.field("Content-Length", Integer.toString(body.length));
        }
        boolean upgrade = response.headers().first("Upgrade").isPresent();
        head.field("Connection", upgrade ? "close, Upgrade" : "close");
        boolean bodyIsSent = request == null || !request.method().equals("HEAD");
        return join(head.encode(), bodyIsSent ? body : new byte[0]);
    }

    /** RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5. */
    private static boolean isBodyAllowed(int status) {
        return status != NO_CONTENT && status != RESET_CONTENT && status != NOT_MODIFIED;
    }

    private static byte[] join(byte[] head, byte[] body) {
        byte[] whole = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }
}

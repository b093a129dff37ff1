package io.jackfield.codec.handshake;

import io.jackfield.api.Response;
import java.util.List;
import java.util.Optional;

/**
 * Refuses requests that announce a body (RFC 9112 section 6): this server reads none, so what follows a head would be
 * taken for frames, or for a request that somebody smuggled in.
 */
final class MessageBody {

    private MessageBody() {}

    /**
     * Judges the framing fields.
     *
     * @param contentLengths the values of all Content-Length fields
     * @param transferEncodings the values of all Transfer-Encoding fields
     * @param httpVersion the request's version
     */
    static Optional<Response> refuse(List<String> contentLengths, List<String> transferEncodings, String httpVersion) {
        if (!transferEncodings.isEmpty()) {
            return Optional.of(refuseTransferEncoding(contentLengths, transferEncodings, httpVersion));
        }
        if (contentLengths.isEmpty()) {
            return Optional.empty();
        }
        // RFC 9112 section 6.3 would let a list of equal values pass; nobody who means well sends one.
        if (contentLengths.size() > 1 || !isDigits(contentLengths.get(0))) {
            return Optional.of(Response.text(400, "Invalid Content-Length"));
        }
        return isZero(contentLengths.get(0)) ? Optional.empty() : Optional.of(bodyNotTaken());
    }

    private static Response refuseTransferEncoding(
            List<String> contentLengths, List<String> transferEncodings, String httpVersion) {
        if (!contentLengths.isEmpty()) {
            return Response.text(400, "Transfer-Encoding together with Content-Length");
        }
        // RFC 9112 section 6.1: HTTP/1.0 has no Transfer-Encoding; its framing is faulty.
        if (httpVersion.equals("HTTP/1.0")) {
            return Response.text(400, "Transfer-Encoding in HTTP/1.0");
        }
        // RFC 9112 section 6.3: without chunked as the last coding the body has no end.
        String last = transferEncodings.get(transferEncodings.size() - 1);
        String coding = last.substring(last.lastIndexOf(',') + 1).strip();
        return coding.equalsIgnoreCase("chunked")
                ? bodyNotTaken()
                : Response.text(400, "Transfer-Encoding does not end with chunked");
    }

    private static Response bodyNotTaken() {
        return Response.text(413, "This server takes no request body");
    }

    private static boolean isDigits(String value) {
        return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isZero(String digits) {
        return digits.chars().allMatch(c -> c == '0');
    }
}

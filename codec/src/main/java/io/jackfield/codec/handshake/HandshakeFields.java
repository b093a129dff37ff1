package io.jackfield.codec.handshake;

import io.jackfield.api.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fields by which a request is judged, gathered in one pass over all that it has. Not thread-safe. */
final class HandshakeFields {

    static final String VERSION = "Sec-WebSocket-Version";
    static final String KEY = "Sec-WebSocket-Key";
    static final String EXTENSIONS = "Sec-WebSocket-Extensions";
    static final String PROTOCOL = "Sec-WebSocket-Protocol";

    private List<String> versions = List.of();
    private List<String> keys = List.of();
    private List<String> extensions = List.of();
    private List<String> protocols = List.of();
    private List<String> hosts = List.of();
    private List<String> contentLengths = List.of();
    private List<String> transferEncodings = List.of();

    HandshakeFields(Headers headers) {
        for (Map.Entry<String, String> field : headers) {
            gather(field.getKey(), field.getValue());
        }
    }

    private void gather(String name, String value) {
        // A switch, since most names have another length than all that are looked for.
        switch (name.length()) {
            case 4 -> {
                if (name.equalsIgnoreCase("Host")) {
                    hosts = plus(hosts, value);
                }
            }
            case 14 -> {
                if (name.equalsIgnoreCase("Content-Length")) {
                    contentLengths = plus(contentLengths, value);
                }
            }
            case 17 -> {
                if (name.equalsIgnoreCase(KEY)) {
                    keys = plus(keys, value);
                } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
                    transferEncodings = plus(transferEncodings, value);
                }
            }
            case 21 -> {
                if (name.equalsIgnoreCase(VERSION)) {
                    versions = plus(versions, value);
                }
            }
            case 22 -> {
                if (name.equalsIgnoreCase(PROTOCOL)) {
                    protocols = plus(protocols, value);
                }
            }
            case 24 -> {
                if (name.equalsIgnoreCase(EXTENSIONS)) {
                    extensions = plus(extensions, value);
                }
            }
            default -> {
                // Nothing by which a handshake is judged.
            }
        }
    }

    private static List<String> plus(List<String> values, String value) {
        if (values.isEmpty()) {
            return List.of(value);
        }
        List<String> several = values.size() == 1 ? new ArrayList<>(values) : values;
        several.add(value);
        return several;
    }

    /** The values of all fields of this name, as each of the following. */
    List<String> versions() {
        return versions;
    }

    List<String> keys() {
        return keys;
    }

    List<String> extensions() {
        return extensions;
    }

    List<String> protocols() {
        return protocols;
    }

    List<String> hosts() {
        return hosts;
    }

    List<String> contentLengths() {
        return contentLengths;
    }

    List<String> transferEncodings() {
        return transferEncodings;
    }

    /** Several fields as one list (RFC 9110 section 5.3). */
    static String joined(List<String> values) {
        return values.size() == 1 ? values.get(0) : String.join(", ", values);
    }
}

package io.jackfield.bench.micro;

import io.jackfield.api.Headers;
import io.jackfield.codec.handshake.OpeningHandshake;
import io.jackfield.codec.handshake.OpeningRequest;
import io.jackfield.codec.handshake.RequestParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the bytes of a browser's request to those of the 101. */
@State(Scope.Thread)
public class Handshake {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String REQUEST = String.join(
            "\r\n",
            "GET /chat HTTP/1.1",
            "Host: example.org",
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Accept: */*",
            "Accept-Language: en-US,en;q=0.5",
            "Accept-Encoding: gzip, deflate, br",
            "Sec-WebSocket-Version: 13",
            "Origin: http://example.org",
            "Sec-WebSocket-Key: " + KEY,
            "Connection: keep-alive, Upgrade",
            "Pragma: no-cache",
            "Cache-Control: no-cache",
            "Upgrade: websocket",
            "",
            "");

    private final ByteBuffer request = ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.ISO_8859_1));
    private MessageDigest sha1;

    @Setup
    public void setUp() throws NoSuchAlgorithmException {
        sha1 = MessageDigest.getInstance("SHA-1");
    }

    @Benchmark
    public Object jackfield() {
        RequestParser.Complete complete =
                (RequestParser.Complete) new RequestParser(16_384, 100).parse(request.position(0));
        OpeningRequest opening = (OpeningRequest) OpeningHandshake.judge(complete);
        return OpeningHandshake.accept(opening, List.of(), List.of(), () -> 1 << 26, Headers.EMPTY);
    }

    /** With the channel that Netty makes for each connection, though not a real one. */
    @Benchmark
    public Object netty() {
        EmbeddedChannel channel = new EmbeddedChannel(
                new HttpServerCodec(), new HttpObjectAggregator(65_536), new WebSocketServerProtocolHandler("/chat"));
        channel.writeInbound(Unpooled.wrappedBuffer(request.position(0)));
        ByteBuf response = channel.readOutbound();
        int length = response.readableBytes();
        channel.finishAndReleaseAll();
        return length;
    }

    /** The request alone: what Jetty makes of it needs a whole server. */
    @Benchmark
    public Object jetty() {
        Fields fields = new Fields();
        new HttpParser(fields).parseNext(request.position(0));
        return fields.count;
    }

    /** What nobody can do without: the fields as strings, the hash of the key and its text, and the answer's bytes. */
    @Benchmark
    public Object limit() {
        byte[] head = request.array();
        List<String> fields = new ArrayList<>(32);
        String key = "";
        int colon = 0;
        for (int at = 0, line = 0; at < head.length; at++) {
            if (head[at] == ':' && colon == 0) {
                colon = at;
            } else if (head[at] == '\n') {
                if (colon > 0) {
                    fields.add(new String(head, line, colon - line, StandardCharsets.ISO_8859_1));
                    fields.add(new String(head, colon + 2, at - colon - 3, StandardCharsets.ISO_8859_1));
                    if (fields.get(fields.size() - 2).equalsIgnoreCase("Sec-WebSocket-Key")) {
                        key = fields.get(fields.size() - 1);
                    }
                }
                line = at + 1;
                colon = 0;
            }
        }
        byte[] hashed = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.ISO_8859_1);
        String accept = Base64.getEncoder().encodeToString(sha1.digest(hashed));
        byte[] response =
                ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                                + accept + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        return fields.size() + response.length;
    }

    private static final class Fields implements HttpParser.RequestHandler {
        private int count;

        @Override
        public void startRequest(String method, String target, HttpVersion version) {
            count = 0;
        }

        @Override
        public void parsedHeader(HttpField field) {
            count++;
        }

        @Override
        public boolean content(ByteBuffer content) {
            return false;
        }

        @Override
        public boolean headerComplete() {
            return true;
        }

        @Override
        public boolean contentComplete() {
            return false;
        }

        @Override
        public boolean messageComplete() {
            return true;
        }

        @Override
        public void earlyEOF() {
            throw new IllegalStateException("The request is complete");
        }
    }
}

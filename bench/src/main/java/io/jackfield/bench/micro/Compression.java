package io.jackfield.bench.micro;

import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.api.extension.ImmediateSession;
import io.jackfield.bench.load.JsonMessages;
import io.jackfield.ext.deflate.PermessageDeflate;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A JSON message of 1 KiB through permessage-deflate. Deflating goes on with the context of the messages before; what is inflated was deflated
 * by itself, so that it can be inflated again and again.
 */
@State(Scope.Thread)
public class Compression {

    private static final int MESSAGES = 64;
    private static final int SIZE = 1024;
    private static final int FLUSH_MARK = 4;
    private static final int LEVEL = 6;

    private final byte[][] plain = JsonMessages.of(MESSAGES, SIZE);
    private byte[] deflated;
    private int next;

    private ImmediateSession ours;
    private EmbeddedChannel nettyDeflater;
    private EmbeddedChannel nettyInflater;

    private final Deflater deflater = new Deflater(LEVEL, true);
    private final Inflater inflater = new Inflater(true);
    private final byte[] output = new byte[2 * SIZE];

    @Setup
    public void setUp() {
        Deflater once = new Deflater(LEVEL, true);
        once.setInput(plain[0]);
        int length = once.deflate(output, 0, output.length, Deflater.SYNC_FLUSH);
        once.end();
        deflated = Arrays.copyOf(output, length - FLUSH_MARK);
        ours = (ImmediateSession) new PermessageDeflate()
                .accept(List.of(ExtensionParameters.EMPTY), () -> 1 << 26)
                .orElseThrow()
                .session();
        WebSocketServerExtension netty = new PerMessageDeflateServerExtensionHandshaker(
                        LEVEL, true, 15, false, false, 1 << 26)
                .handshakeExtension(new WebSocketExtensionData("permessage-deflate", Map.of()));
        nettyDeflater = new EmbeddedChannel(netty.newExtensionEncoder());
        nettyInflater = new EmbeddedChannel(netty.newExtensionDecoder());
    }

    private byte[] next() {
        next = (next + 1) % MESSAGES;
        return plain[next];
    }

    @Benchmark
    public Object jackfieldDeflate() throws ExtensionException {
        return ours.outgoing(message(next(), false));
    }

    @Benchmark
    public Object jackfieldInflate() throws ExtensionException {
        return ours.incoming(message(deflated, true));
    }

    private static ExtensionMessage message(byte[] bytes, boolean compressed) {
        return new ExtensionMessage(ExtensionMessage.Type.TEXT, compressed, false, false, ByteBuffer.wrap(bytes));
    }

    @Benchmark
    public Object nettyDeflate() {
        nettyDeflater.writeOutbound(new TextWebSocketFrame(Unpooled.wrappedBuffer(next())));
        WebSocketFrame frame = nettyDeflater.readOutbound();
        frame.release();
        return frame;
    }

    @Benchmark
    public Object nettyInflate() {
        nettyInflater.writeInbound(new TextWebSocketFrame(true, 4, Unpooled.wrappedBuffer(deflated)));
        WebSocketFrame frame = nettyInflater.readInbound();
        frame.release();
        return frame;
    }

    /** zlib as the JDK has it, into one array. */
    @Benchmark
    public int limitDeflate() {
        deflater.setInput(next());
        return deflater.deflate(output, 0, output.length, Deflater.SYNC_FLUSH);
    }

    /** zlib as the JDK has it, into one array. */
    @Benchmark
    public int limitInflate() throws DataFormatException {
        inflater.reset();
        inflater.setInput(deflated);
        return inflater.inflate(output);
    }
}

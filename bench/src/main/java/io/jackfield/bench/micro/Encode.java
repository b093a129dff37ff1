package io.jackfield.bench.micro;

import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.codec.Driver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.internal.Generator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From a payload or a String to the bytes of a server's frame, together in a direct buffer as they are written to a socket. */
@State(Scope.Thread)
public class Encode {

    @Param({"BINARY", "ASCII", "NON_ASCII"})
    public Payload payload;

    @Param("1024")
    public int size;

    /** In turn: what is sent twice in succession is not encoded twice by ours, and that is not to be measured here. */
    private final String[] texts = new String[2];

    private int turn;
    private ByteBuffer binary;

    private final CodecEnds ends = new CodecEnds();
    private Driver driver;

    private EmbeddedChannel netty;
    private ByteBuf nettyBinary;
    private ByteBuf nettyOutput;

    private final Generator jetty = new Generator();
    private ByteBuffer output;

    @Setup
    public void setUp() {
        byte[] bytes = payload.bytes(size);
        for (int i = 0; i < texts.length; i++) {
            texts[i] = new String(bytes, StandardCharsets.UTF_8);
        }
        binary = ByteBuffer.allocateDirect(size).put(bytes).flip();
        driver = ends.driver();
        netty = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
        nettyBinary = Unpooled.wrappedBuffer(binary);
        nettyOutput = Unpooled.directBuffer(size + 14);
        output = ByteBuffer.allocateDirect(size + 14);
    }

    private String text() {
        turn ^= 1;
        return texts[turn];
    }

    @Benchmark
    public ByteBuffer jackfield() {
        if (payload.isText()) {
            driver.sendText(text());
        } else {
            driver.send(ExtensionMessage.Type.BINARY, binary);
        }
        return ends.sent();
    }

    /** Netty may make several buffers, which the transport gathers: here they are copied together. */
    @Benchmark
    public ByteBuf netty() {
        netty.writeOutbound(
                payload.isText()
                        ? new TextWebSocketFrame(text())
                        : new BinaryWebSocketFrame(nettyBinary.retainedDuplicate()));
        nettyOutput.clear();
        for (ByteBuf part = netty.readOutbound(); part != null; part = netty.readOutbound()) {
            nettyOutput.writeBytes(part);
            part.release();
        }
        return nettyOutput;
    }

    @Benchmark
    public ByteBuffer jetty() {
        Frame frame = payload.isText() ? new Frame(OpCode.TEXT, text()) : new Frame(OpCode.BINARY, binary.duplicate());
        // Jetty's buffers lie between position and limit while they are filled.
        jetty.generateWholeFrame(frame, output.position(0).limit(0));
        return output;
    }

    /** Copies, or encodes with the JDK and copies; the header is four bytes that are known beforehand. */
    @Benchmark
    public ByteBuffer limit() {
        output.clear().putInt(0);
        return payload.isText() ? output.put(text().getBytes(StandardCharsets.UTF_8)) : output.put(binary.position(0));
    }
}

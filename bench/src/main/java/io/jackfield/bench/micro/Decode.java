package io.jackfield.bench.micro;

import io.jackfield.codec.Driver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.util.Utf8StringBuilder;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.internal.Parser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * From the bytes of a frame to its payload, or to a String that is checked to be UTF-8. Each begins with a copy of the frame, since decoding changes
 * the bytes: it stands for the read.
 */
@State(Scope.Thread)
public class Decode {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    @Param({"BINARY", "ASCII", "NON_ASCII"})
    public Payload payload;

    @Param("1024")
    public int size;

    private ByteBuffer frame;
    private ByteBuffer input;

    private final CodecEnds ends = new CodecEnds();
    private Driver driver;

    private EmbeddedChannel netty;
    private ByteBuf nettyInput;

    private Parser jetty;

    private byte[] limitFrame;
    private byte[] limitOutput;

    @Setup
    public void setUp() {
        frame = payload.frame(size);
        input = ByteBuffer.allocateDirect(frame.capacity());
        driver = ends.driver();
        netty = new EmbeddedChannel(
                new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                        .maxFramePayloadLength(1 << 26)
                        .build()),
                new Utf8FrameValidator());
        nettyInput = Unpooled.directBuffer(frame.capacity());
        jetty = new Parser(new ByteBufferPool.NonPooling());
        limitFrame = new byte[frame.remaining()];
        frame.duplicate().get(limitFrame);
        limitOutput = new byte[size];
    }

    private ByteBuffer read() {
        return input.clear().put(frame.position(0)).flip();
    }

    @Benchmark
    public Object jackfield() {
        driver.receive(read());
        return ends.last();
    }

    @Benchmark
    public Object netty() {
        netty.writeInbound(nettyInput.clear().writeBytes(frame.position(0)).retain());
        WebSocketFrame decoded = netty.readInbound();
        Object result = decoded instanceof TextWebSocketFrame text ? text.text() : decoded;
        decoded.release();
        return result;
    }

    @Benchmark
    public Object jetty() {
        Frame.Parsed parsed = jetty.parse(read());
        parsed.demask();
        if (!payload.isText()) {
            return parsed;
        }
        Utf8StringBuilder text = new Utf8StringBuilder(size);
        text.append(parsed.getPayload());
        return text.toCompleteString();
    }

    /** Copies and unmasks eight bytes at a time, and makes a String. Parses nothing. */
    @Benchmark
    public Object limit() {
        int head = limitFrame.length - size;
        long mask = (int) Integer.toUnsignedLong(frame.getInt(head - 4));
        mask = mask << 32 | mask & 0xffff_ffffL;
        int i = 0;
        for (; i <= size - Long.BYTES; i += Long.BYTES) {
            LONGS.set(limitOutput, i, (long) LONGS.get(limitFrame, head + i) ^ mask);
        }
        for (; i < size; i++) {
            limitOutput[i] = (byte) (limitFrame[head + i] ^ mask >>> 56 - 8 * (i & 7));
        }
        return payload.isText() ? new String(limitOutput, StandardCharsets.UTF_8) : limitOutput;
    }
}

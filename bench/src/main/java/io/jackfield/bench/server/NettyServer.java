package io.jackfield.bench.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;

/** Netty with its own WebSocket handlers; answers of a turn leave in one flush. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write ends the connection, of which the generator takes notice
final class NettyServer implements BenchServer {

    private static final int MAX_HEAD = 64 * 1024;
    private static final int MAX_WINDOW = 15;

    private final IoHandlerFactory handlers;
    private final Class<? extends ServerChannel> channelType;

    private NettyServer(IoHandlerFactory handlers, Class<? extends ServerChannel> channelType) {
        this.handlers = handlers;
        this.channelType = channelType;
    }

    static NettyServer nio() {
        return new NettyServer(NioIoHandler.newFactory(), NioServerSocketChannel.class);
    }

    static NettyServer epoll() {
        return new NettyServer(EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
    }

    @Override
    public int start(ServerSettings settings) throws InterruptedException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(settings.loops(), handlers);
        ChannelGroup subscribers = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        Channel channel = new ServerBootstrap()
                .group(group)
                .channel(channelType)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        initialize(accepted.pipeline(), settings, subscribers);
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    private static void initialize(ChannelPipeline pipeline, ServerSettings settings, ChannelGroup subscribers) {
        pipeline.addLast(new HttpServerCodec()).addLast(new HttpObjectAggregator(MAX_HEAD));
        if (settings.compresses()) {
            boolean noTakeover = settings.compression() == ServerSettings.Compression.NO_TAKEOVER;
            pipeline.addLast(new WebSocketServerExtensionHandler(new PerMessageDeflateServerExtensionHandshaker(
                    settings.level(), true, MAX_WINDOW, noTakeover, noTakeover, MAX_MESSAGE)));
        }
        pipeline.addLast(new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/")
                .checkStartsWith(true)
                .allowExtensions(settings.compresses())
                .maxFramePayloadLength(MAX_MESSAGE)
                .build()));
        pipeline.addLast(new Endpoint(subscribers));
    }

    /** One for each connection: an echo until the handshake tells that it is a subscriber. */
    private static final class Endpoint extends SimpleChannelInboundHandler<WebSocketFrame> {

        private final ChannelGroup subscribers;
        private boolean broadcasts;

        Endpoint(ChannelGroup subscribers) {
            this.subscribers = subscribers;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete handshake
                    && handshake.requestUri().equals(BROADCAST)) {
                broadcasts = true;
                subscribers.add(context.channel());
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            WebSocketFrame answer = answer(frame);
            if (broadcasts) {
                subscribers.write(answer);
            } else {
                context.write(answer, context.voidPromise());
            }
        }

        private static WebSocketFrame answer(WebSocketFrame frame) {
            return frame instanceof TextWebSocketFrame text
                    ? new TextWebSocketFrame(text.text())
                    : new BinaryWebSocketFrame(frame.content().retain());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (broadcasts) {
                subscribers.flush();
            } else {
                context.flush();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}

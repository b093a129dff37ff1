package io.jackfield.api;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes down which of the interface's abstract methods its default methods call, and with what. */
final class RecordingWebSocket implements WebSocket {

    final List<String> calls = new ArrayList<>();
    boolean mayGoOn = true;
    EventListener<? super Event.Message> messageHandler;

    @Override
    public ReadyState readyState() {
        return ReadyState.OPEN;
    }

    @Override
    public String url() {
        return "ws://example.org/";
    }

    @Override
    public String version() {
        return "hybi-13";
    }

    @Override
    public String protocol() {
        return "";
    }

    @Override
    public List<NegotiatedExtension> extensions() {
        return List.of();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return null;
    }

    @Override
    public long bufferedAmount() {
        return 0;
    }

    @Override
    public boolean send(CharSequence text) {
        calls.add("send text " + Objects.requireNonNull(text));
        return mayGoOn;
    }

    @Override
    public boolean send(PreparedMessage message) {
        calls.add("send prepared " + hex(message.payload()));
        return mayGoOn;
    }

    @Override
    public boolean send(ByteBuffer payload) {
        calls.add("send binary " + hex(payload));
        return mayGoOn;
    }

    @Override
    public void subscribe(Topic topic) {
        calls.add("subscribe");
    }

    @Override
    public void unsubscribe(Topic topic) {
        calls.add("unsubscribe");
    }

    @Override
    public CompletionStage<Void> sendAsync(CharSequence text) {
        calls.add("sendAsync text " + text);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> sendAsync(ByteBuffer payload) {
        calls.add("sendAsync binary " + hex(payload));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean ping(ByteBuffer payload, Runnable callback) {
        calls.add("ping binary " + hex(payload) + " " + callback);
        return mayGoOn;
    }

    @Override
    public boolean ping(CharSequence message, Runnable callback) {
        calls.add("ping text '" + message + "' " + callback);
        return mayGoOn;
    }

    @Override
    public boolean pong(ByteBuffer payload) {
        calls.add("pong " + hex(payload));
        return mayGoOn;
    }

    @Override
    public void close(int code, String reason) {
        calls.add("close " + code + " '" + reason + "'");
    }

    @Override
    public void pause() {
        calls.add("pause");
    }

    @Override
    public void resume() {
        calls.add("resume");
    }

    @Override
    public void onOpen(EventListener<? super Event.Open> handler) {}

    @Override
    public void onMessage(EventListener<? super Event.Message> handler) {
        messageHandler = handler;
    }

    @Override
    public void onError(EventListener<? super Event.Error> handler) {}

    @Override
    public void onClose(EventListener<? super Event.Close> handler) {}

    @Override
    public void onPing(EventListener<? super Event.Ping> handler) {}

    @Override
    public void onPong(EventListener<? super Event.Pong> handler) {}

    @Override
    public void onDrain(EventListener<? super Event.Drain> handler) {}

    @Override
    public void messageListener(MessageListener listener) {}

    @Override
    public <E extends Event> Registration on(Class<E> type, EventListener<? super E> listener) {
        return () -> {};
    }

    private static String hex(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}

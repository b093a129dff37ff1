package io.jackfield.http.servlet.jakarta;

import io.jackfield.api.Headers;
import io.jackfield.api.Request;
import io.jackfield.http.servlet.Exchange;
import io.jackfield.server.upgrade.Upgrade;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request and its response. */
final class JakartaExchange implements Exchange {

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final HttpServletRequest request;
    private final HttpServletResponse response;

    JakartaExchange(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    @Override
    public Request request() {
        String query = request.getQueryString();
        return Request.builder(request.getMethod(), request.getRequestURI() + (query == null ? "" : "?" + query))
                .version(request.getProtocol())
                .headers(headers())
                .remoteAddress(remoteAddress())
                .secure(request.isSecure())
                .peerCertificates(
                        request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
                                ? List.of(chain)
                                : List.of())
                .build();
    }

    private Headers headers() {
        return Headers.of(Collections.list(request.getHeaderNames()).stream()
                .flatMap(name ->
                        Collections.list(request.getHeaders(name)).stream().map(value -> Map.entry(name, value)))
                .toList());
    }

    /** Null where the container tells no address but a name. */
    private InetSocketAddress remoteAddress() {
        String address = request.getRemoteAddr();
        try {
            // A literal, which nobody looks up.
            return address == null || !address.matches("[0-9.]+|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%\\w+)?]?")
                    ? null
                    : new InetSocketAddress(InetAddress.getByName(address), request.getRemotePort());
        } catch (UnknownHostException e) {
            return null;
        }
    }

    @Override
    public int prefixSegments() {
        String prefix = request.getContextPath() + request.getServletPath();
        return (int) prefix.chars().filter(c -> c == '/').count();
    }

    @Override
    public String container() {
        return request.getServletContext().getServerInfo();
    }

    @Override
    public Object attribute(String name) {
        return request.getAttribute(name);
    }

    @Override
    public Object servletRequest() {
        return request;
    }

    @Override
    public void attribute(String name, Object value) {
        request.setAttribute(name, value);
    }

    @Override
    public void respond(int status, Headers headers) {
        response.setStatus(status);
        headers.forEach(field -> response.addHeader(field.getKey(), field.getValue()));
    }

    @Override
    public void body(byte[] body) throws IOException {
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    @Override
    public boolean canUpgrade() {
        return tomcatsHandler().isPresent();
    }

    /** Empty where Tomcat's types are not there, or in a module that this one does not read. */
    private static Optional<Class<TomcatUpgradeHandler>> tomcatsHandler() {
        try {
            return Optional.of(TomcatUpgradeHandler.class);
        } catch (LinkageError e) {
            return Optional.empty();
        }
    }

    @Override
    public void upgrade(Upgrade upgrade) throws IOException {
        try {
            request.upgrade(tomcatsHandler().orElseThrow(IOException::new)).connectTo(upgrade);
        } catch (ServletException e) {
            throw new IOException(e);
        }
    }
}

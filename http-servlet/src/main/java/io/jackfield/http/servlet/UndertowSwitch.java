package io.jackfield.http.servlet;

import io.jackfield.server.upgrade.Upgrade;
import io.undertow.server.HttpUpgradeListener;
import io.undertow.servlet.handlers.ServletRequestContext;

/**
 * Undertow's own way beneath the Servlet API, the same in both namespaces. Its streams of a {@code WebConnection} are no use: where
 * a peer goes while output waits they write again and again, for ever, and over TLS they never flush.
 */
final class UndertowSwitch implements ProtocolSwitch {

    /**
     * @throws NoClassDefFoundError without its classes
     */
    UndertowSwitch() {
        ServletRequestContext.current();
    }

    @Override
    public boolean knows(ContainerRequest request) {
        return ServletRequestContext.current() != null;
    }

    @Override
    public void switchProtocols(ContainerRequest request, Upgrade upgrade) {
        HttpUpgradeListener connected =
                (connection, exchange) -> upgrade.connect(UndertowConnection.of(connection, upgrade));
        ServletRequestContext.requireCurrent().getExchange().upgradeChannel(connected);
    }
}

package io.jackfield.server.management;

import io.jackfield.api.Registration;
import io.jackfield.api.statistics.ServerMonitor;
import java.net.InetSocketAddress;

/** Shows servers to JMX where this runtime has it. */
public final class Management {

    private Management() {}

    /**
     * Registers a server.
     *
     * @param server a server that listens
     * @param url its address for clients
     * @param address where it listens
     * @return takes it back
     */
    public static Registration register(ServerMonitor server, String url, InetSocketAddress address) {
        try {
            return RegisteredBean.register(new ServerBean(server, url), address);
        } catch (NoClassDefFoundError e) {
            // A runtime without the module java.management, or a framework that does not export its package.
            return () -> {};
        }
    }
}

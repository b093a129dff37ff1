package io.jackfield.server.osgi.shell;

import io.jackfield.server.WebSocketServer;
import java.util.Map;

/** The servers that listen now. */
interface RunningServers {

    /** All of them by their names, in the order of names. */
    Map<String, WebSocketServer> all();

    /**
     * One of them.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    default WebSocketServer require(String name) {
        Map<String, WebSocketServer> servers = all();
        WebSocketServer server = servers.get(name);
        if (server == null) {
            throw new IllegalArgumentException("There is no server " + name + ", only " + servers.keySet());
        }
        return server;
    }
}

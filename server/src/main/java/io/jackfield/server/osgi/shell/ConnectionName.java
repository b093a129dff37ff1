package io.jackfield.server.osgi.shell;

import java.util.Set;

/**
 * How the shell names a connection: {@code 8080/17}.
 *
 * @param server the name of its server
 * @param id its number there
 */
record ConnectionName(String server, long id) {

    /**
     * Reads a name.
     *
     * @param text with the server's name, or without it if there is only one
     * @throws IllegalArgumentException if it is none
     */
    static ConnectionName parse(String text, RunningServers servers) {
        int slash = text.lastIndexOf('/');
        try {
            long id = Long.parseLong(text.substring(slash + 1));
            return new ConnectionName(slash < 0 ? only(servers.all().keySet()) : text.substring(0, slash), id);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("A connection is named as in 8080/17, not " + text, e);
        }
    }

    private static String only(Set<String> servers) {
        if (servers.size() != 1) {
            throw new IllegalArgumentException("Name the server as well, server/number; there are " + servers);
        }
        return servers.iterator().next();
    }

    @Override
    public String toString() {
        return server + "/" + id;
    }
}

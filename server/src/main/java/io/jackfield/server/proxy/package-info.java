/** What proxies in front of the server say of its clients: the PROXY protocol and forwarding header fields. */
package io.jackfield.server.proxy;

/**
 * Servers in an OSGi framework: started from configuration, with the endpoints, extensions and fallbacks that other
 * bundles register as services.
 *
 * <p>{@link io.jackfield.server.osgi.ServerActivator} wires everything. What a configuration may say is in
 * {@link io.jackfield.server.osgi.ServerProperty} and {@link io.jackfield.server.osgi.ServerConfiguration}; which servers
 * there are, in {@link io.jackfield.server.osgi.ConfiguredServers}; what becomes of one when its configuration changes, in
 * {@link io.jackfield.server.osgi.ServerLifecycle}; the services of other bundles are followed by
 * {@link io.jackfield.server.osgi.Whiteboard}.
 *
 * <p>No other package of this bundle knows an OSGi type, so that the same jar works where there is no framework.
 */
package io.jackfield.server.osgi;

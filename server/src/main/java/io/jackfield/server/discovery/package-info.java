/** Extensions that are found by {@link java.util.ServiceLoader}, in OSGi bundles and elsewhere. */
package io.jackfield.server.discovery;

/** The adapter in OSGi: a service for the one to the Servlet API. */
package io.jackfield.http.jetty.osgi;

/** The adapter in OSGi: a servlet of the HTTP whiteboard. */
package io.jackfield.http.servlet.jakarta.osgi;

/**
 * WebSockets on the port of a Servlet container. What does not depend on the namespace of the Servlet API is here;
 * {@code io.jackfield.http.servlet.jakarta.JackfieldServlet} is what one installs.
 */
@Version("1.0.0")
package io.jackfield.http.servlet;

import org.osgi.annotation.versioning.Version;

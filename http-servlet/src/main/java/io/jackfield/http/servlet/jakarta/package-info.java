/** The adapter for containers whose Servlet API is in the namespace {@code jakarta.servlet}: version 5 and newer. */
@Version("1.0.0")
package io.jackfield.http.servlet.jakarta;

import org.osgi.annotation.versioning.Version;

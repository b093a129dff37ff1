/**
 * The adapter for containers whose Servlet API is in the namespace {@code javax.servlet}: versions 3.1 and 4. Its classes are made
 * by the build of those in {@code io.jackfield.http.servlet.jakarta}.
 */
@Version("1.0.0")
package io.jackfield.http.servlet.javax;

import org.osgi.annotation.versioning.Version;

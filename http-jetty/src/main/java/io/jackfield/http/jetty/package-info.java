/** How Jetty gives a connection away, whichever its version is. */
@Version("1.0.0")
package io.jackfield.http.jetty;

import org.osgi.annotation.versioning.Version;

/** The server, its builder, and its endpoints. */
@Version("1.0.0")
package io.jackfield.server;

import org.osgi.annotation.versioning.Version;

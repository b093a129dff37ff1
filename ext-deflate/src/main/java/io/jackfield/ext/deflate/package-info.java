/** permessage-deflate (RFC 7692): compresses messages with DEFLATE. */
@Version("1.0.0")
package io.jackfield.ext.deflate;

import org.osgi.annotation.versioning.Version;

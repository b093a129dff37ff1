/**
 * The permessage-deflate extension (RFC 7692): compresses messages with DEFLATE.
 *
 * <p>{@link io.jackfield.ext.deflate.PermessageDeflate} is all there is to use. Inside, an offer or a response is read
 * into {@code DeflateParameters}, the negotiation ends in an {@code Agreement}, and a {@code DeflateSession} keeps it
 * with a {@code Compressor} and a {@code Decompressor}. These two own what a connection remembers, a {@code
 * SlidingWindow} each; zlib's state is only borrowed from the extension's {@code Codecs} for the length of one message.
 */
@Version("1.0.0")
package io.jackfield.ext.deflate;

import org.osgi.annotation.versioning.Version;

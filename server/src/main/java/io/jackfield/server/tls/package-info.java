/** What TLS needs before its first byte: keys, the certificate for a host name, and engines that are set up alike. */
package io.jackfield.server.tls;

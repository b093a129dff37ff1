/**
 * Microbenchmarks: parts of the way of a message, in ours, in Netty's and Jetty's classes for the same work, and in the least code that
 * does it, the limit.
 */
package io.jackfield.bench.micro;

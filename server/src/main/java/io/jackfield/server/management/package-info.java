/**
 * A server for JMX. {@code Management} finds out whether this runtime has it; no other class but this package's may touch
 * what needs the module {@code java.management}. Exported to that module alone, which reads the management interface.
 */
package io.jackfield.server.management;

/**
 * Commands for a shell such as Gogo or Karaf's: {@code ShellCommands} is a service with the properties by which shells find
 * commands, and needs none of their types.
 */
package io.jackfield.server.osgi.shell;

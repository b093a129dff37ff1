/** Which endpoint a path leads to, and which extensions it is offered: both change while the server runs. */
package io.jackfield.server.routing;

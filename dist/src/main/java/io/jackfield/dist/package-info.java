/** The launcher of the distribution: starts a framework with the bundles that lie in the launcher's own jar. */
package io.jackfield.dist;

/** Extensions of which some cannot be made: a bundle, a jar or a module of its own in the tests. */
package io.jackfield.itest.brokenbundle;

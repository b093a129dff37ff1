/** A bundle that uses Config Admin, Metatype and the service registry for tests. */
package io.jackfield.itest.configurationbundle;

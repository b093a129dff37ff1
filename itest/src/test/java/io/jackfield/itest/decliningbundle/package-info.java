/** What the OSGi tests pack into a bundle of its own: an extension that knows how often it was asked. */
package io.jackfield.itest.decliningbundle;

/** What the OSGi tests pack into a bundle of its own: a stranger's extension, of which there are several versions. */
package io.jackfield.itest.versionbundle;

/** What the OSGi tests pack into a bundle of its own: services that a test registers, changes and takes back. */
package io.jackfield.itest.publisherbundle;

/** What the OSGi tests pack into a bundle of its own: a stranger's endpoint, published as a service. */
package io.jackfield.itest.echobundle;

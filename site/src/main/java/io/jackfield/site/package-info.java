/** Finishes what the Maven Site Plugin has made of the Markdown pages: links, sections, search, and the Javadoc beside it. */
package io.jackfield.site;

/** What the exported packages share and nobody else sees. Not exported. */
package io.jackfield.api.internal;

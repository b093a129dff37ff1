/** What StartUpIT runs in processes of their own. */
package io.jackfield.itest.startup;

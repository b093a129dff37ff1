package io.jackfield.server.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** An extension threw what it should not. */
@Name("io.jackfield.ExtensionFailed")
@Label("Extension Failed")
@Description("An extension threw something other than an ExtensionException")
@Category("Jackfield")
@StackTrace(false)
final class ExtensionFailedEvent extends Event {

    @Label("Extension")
    String extension;

    @Label("Exception")
    String exception;

    @Label("Connection")
    long connection;
}

package io.jackfield.server.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A limit or timeout of the options was hit. */
@Name("io.jackfield.LimitHit")
@Label("Limit Hit")
@Description("A limit or timeout of the options was hit")
@Category("Jackfield")
@StackTrace(false)
final class LimitHitEvent extends Event {

    @Label("Option")
    String option;

    @Label("Connection")
    long connection;
}

/**
 * Events for JDK Flight Recorder. {@code Recorders} finds out whether this runtime has it; no other class may touch the
 * events, which need the module {@code jdk.jfr}.
 */
package io.jackfield.server.recording;

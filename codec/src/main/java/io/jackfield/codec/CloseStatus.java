package io.jackfield.codec;

import io.jackfield.api.Event.Close.Initiator;
import java.util.OptionalInt;

/**
 * How a connection ended, as {@link io.jackfield.api.Event.Close} tells it to the application.
 *
 * @param code the peer's code, or that of the failure; 1005 if the peer's close frame had none; 1006 without a close frame
 *     of the peer and without a failure
 * @param reason the reason that goes with the code, or ""
 * @param wasClean whether close frames went both ways, and the peer's was valid
 * @param initiator who closed first
 * @param sentCode the code in the close frame that was sent (1005 for an empty one), or empty if none was
 */
public record CloseStatus(int code, String reason, boolean wasClean, Initiator initiator, OptionalInt sentCode) {}

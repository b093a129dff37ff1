package io.jackfield.dist;

/** An option of the command line that cannot be used. Its message is one line for the user. */
final class BadOptionException extends Exception {

    private static final long serialVersionUID = 1L;

    BadOptionException(String message) {
        super(message);
    }
}

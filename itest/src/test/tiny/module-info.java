/** A program that needs nothing but Jackfield's server. */
module org.example.tiny {
    requires io.jackfield.server;
}

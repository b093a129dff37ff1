/** Finishes messages out of order, on a thread of its own. */
module org.example.overtake {
    requires io.jackfield.api;

    provides io.jackfield.api.extension.Extension with
            org.example.overtake.OvertakeExtension;
}

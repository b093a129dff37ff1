/** Inverts every byte of a message. */
module org.example.invert {
    requires io.jackfield.api;

    provides io.jackfield.api.extension.Extension with
            org.example.invert.InvertExtension;
}

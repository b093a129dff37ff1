/** A stranger's module: an echo server, and the JDK's client to talk to it. */
module org.example.consumer {
    requires io.jackfield.server;
    requires java.net.http;
}

/** The adapter for Servlet containers where the Servlet API is an older one: {@code javax.servlet}. */
module io.jackfield.http.servlet.javax {
    requires static java.servlet;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;
    requires static osgi.core;
    requires transitive io.jackfield.http.servlet;

    exports io.jackfield.http.servlet.javax;
}

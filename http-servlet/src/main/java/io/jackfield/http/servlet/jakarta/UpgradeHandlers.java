package io.jackfield.http.servlet.jakarta;

/** Knows which handler is the best where this runs. */
final class UpgradeHandlers {

    private UpgradeHandlers() {}

    /** Tomcat's own hook where its classes can be seen, since only with it reading can pause; else the Servlet API's. */
    static Class<? extends StreamUpgradeHandler> best() {
        try {
            return ofTomcat();
        } catch (NoClassDefFoundError e) {
            return StreamUpgradeHandler.class;
        }
    }

    private static Class<? extends StreamUpgradeHandler> ofTomcat() {
        return new TomcatUpgradeHandler().getClass();
    }
}

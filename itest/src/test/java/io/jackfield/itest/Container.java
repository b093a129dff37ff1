package io.jackfield.itest;

/** HTTP servers on whose port Jackfield is tried, see pom.xml for what is in each folder. */
enum Container {
    TOMCAT_9_0("tomcat-9.0", "TomcatMain", "javax", ""),
    TOMCAT_10_1("tomcat-10.1", "TomcatMain", "jakarta", ""),
    TOMCAT_11_0("tomcat-11.0", "TomcatMain", "jakarta", ""),
    UNDERTOW_2_2("undertow-2.2", "UndertowMain", "javax", ""),
    UNDERTOW_2_3("undertow-2.3", "UndertowMain", "jakarta", ""),
    JETTY_9_4("jetty-9.4", "JettyMain", "javax", "org.eclipse.jetty.servlet"),
    JETTY_10_0("jetty-10.0", "JettyMain", "javax", "org.eclipse.jetty.servlet"),
    JETTY_11_0("jetty-11.0", "JettyMain", "jakarta", "org.eclipse.jetty.servlet"),
    JETTY_12_0("jetty-12.0", "JettyMain", "jakarta", "org.eclipse.jetty.ee10.servlet"),
    JETTY_12_1("jetty-12.1", "JettyMain", "jakarta", "org.eclipse.jetty.ee10.servlet");

    private static final String NAMESPACE = "jakarta";
    private static final String JETTY_SERVLETS = "org.eclipse.jetty.ee10.servlet";

    final String folder;
    final String mainClass;
    private final String namespace;
    private final String jettyServlets;

    Container(String folder, String mainClass, String namespace, String jettyServlets) {
        this.folder = folder;
        this.mainClass = mainClass;
        this.namespace = namespace;
        this.jettyServlets = jettyServlets;
    }

    /** Whether it needs the adapter to Jetty besides the one to the Servlet API. */
    boolean isJetty() {
        return !jettyServlets.isEmpty();
    }

    /** A program for this container, made of the one for the newest of its kind: only names of packages differ. */
    String adapt(String program) {
        return program.replace(JETTY_SERVLETS, jettyServlets).replace(NAMESPACE, namespace);
    }

    @Override
    public String toString() {
        return folder;
    }
}

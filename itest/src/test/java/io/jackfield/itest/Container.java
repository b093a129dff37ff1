package io.jackfield.itest;

import java.util.Locale;

/** HTTP servers on whose port Jackfield is tried, see pom.xml for what is in each folder. */
enum Container {
    TOMCAT_9_0("tomcat-9.0", "TomcatMain", "javax", ""),
    TOMCAT_10_1("tomcat-10.1", "TomcatMain", "jakarta", ""),
    TOMCAT_11_0("tomcat-11.0", "TomcatMain", "jakarta", ""),
    /** Asked by the Servlet API alone, as where its own types are in modules that ours does not read. */
    TOMCAT_11_0_BY_THE_API("tomcat-11.0", "TomcatMain", "jakarta", "", "TomcatUpgradeHandler"),
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
    /** The simple name of the adapter's class that cannot be loaded here, empty for none. */
    final String hidden;

    private final String namespace;
    private final String jettyServlets;

    Container(String folder, String mainClass, String namespace, String jettyServlets) {
        this(folder, mainClass, namespace, jettyServlets, "");
    }

    Container(String folder, String mainClass, String namespace, String jettyServlets, String hidden) {
        this.folder = folder;
        this.mainClass = mainClass;
        this.namespace = namespace;
        this.jettyServlets = jettyServlets;
        this.hidden = hidden;
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
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.jackfield.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The service properties of an endpoint that is a component of Declarative Services:
 *
 * <pre>{@code
 * @Component
 * @WebSocketEndpoint(path = "/chat", protocols = "chat.v1")
 * public class Chat implements Handler { ... }
 * }</pre>
 *
 * <p>Tools that gather bundles learn from it that the component needs a server; a framework resolves its bundle without one.
 * Read when the bundle is built, and gone at run time. Options of the endpoint's own are written as properties of the
 * component: {@code @Component(property = Handler.OPTION_PREFIX + "maxLength:Long=1000")}.
 */
@ComponentPropertyType
@Requirement(namespace = "osgi.implementation", name = "jackfield.whiteboard", version = "1.0", effective = "active")
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface WebSocketEndpoint {

    /** What the names of the elements get in front to be those of the properties. */
    String PREFIX_ = "jackfield.";

    /**
     * The paths at which the endpoint is published.
     *
     * @return the property {@value Handler#PATH}
     */
    String[] path();

    /**
     * The subprotocols that it speaks.
     *
     * @return the property {@value Handler#PROTOCOLS}
     */
    String[] protocols() default {};

    /**
     * Which servers publish it: a filter over their properties, {@code (jackfield.name=inner)} for instance. If empty, all do.
     *
     * @return the property {@value Handler#TARGET}
     */
    String target() default "";
}

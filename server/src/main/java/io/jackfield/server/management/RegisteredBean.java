package io.jackfield.server.management;

import io.jackfield.api.Registration;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** A bean in the platform's MBean server. */
final class RegisteredBean implements Registration {

    private static final Logger LOG = System.getLogger("io.jackfield.server");

    private final MBeanServer beans;
    private final ObjectName name;

    private RegisteredBean(MBeanServer beans, ObjectName name) {
        this.beans = beans;
        this.name = name;
    }

    /** Registers a bean. That it is not possible is a warning: a server serves also if nobody can look at it. */
    static Registration register(ServerMXBean bean, InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        try {
            // Quoted where it is an IPv6 address, for its colons.
            ObjectName name = new ObjectName("io.jackfield:type=Server,host=%s,port=%d"
                    .formatted(host.contains(":") ? ObjectName.quote(host) : host, address.getPort()));
            MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
            beans.registerMBean(bean, name);
            return new RegisteredBean(beans, name);
        } catch (JMException | RuntimeException e) {
            LOG.log(Level.WARNING, "A server is not shown to JMX", e);
            return () -> {};
        }
    }

    @Override
    public void close() {
        try {
            beans.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // Closed twice, or somebody else took it away.
            LOG.log(Level.DEBUG, "There is no {0} any more", name);
        } catch (JMException | RuntimeException e) {
            LOG.log(Level.WARNING, "A server cannot be hidden from JMX", e);
        }
    }
}

package io.jackfield.server.connection;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.jackfield.api.Options;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZII_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** Connections that come and go at once, where one address may have one. */
public class AdmissionStress {

    private static final Options ONE =
            Options.builder().maxConnectionsPerAddress(1).build();
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    /** Of two that come at once, one is admitted. */
    @JCStressTest
    @Outcome(
            id = {"true, false, 1", "false, true, 1"},
            expect = ACCEPTABLE,
            desc = "one is admitted")
    @State
    public static class ComeBesideCome {

        private final Admission admission = new Admission();

        @Actor
        public void first(ZZI_Result result) {
            result.r1 = admission.admit(ADDRESS, ONE).isAdmitted();
        }

        @Actor
        public void second(ZZI_Result result) {
            result.r2 = admission.admit(ADDRESS, ONE).isAdmitted();
        }

        @Arbiter
        public void look(ZZI_Result result) {
            result.r3 = admission.connections();
        }
    }

    /** One goes while another comes: the count is right behind it, and no address is remembered for nothing. */
    @JCStressTest
    @Outcome(id = "true, 1, 1", expect = ACCEPTABLE, desc = "gone before")
    @Outcome(id = "false, 0, 0", expect = ACCEPTABLE, desc = "still there")
    @State
    public static class ComeBesideGo {

        private final Admission admission = new Admission();
        private final Runnable release = admission.admit(ADDRESS, ONE).release();

        @Actor
        public void go() {
            release.run();
        }

        @Actor
        public void come(ZII_Result result) {
            result.r1 = admission.admit(ADDRESS, ONE).isAdmitted();
        }

        @Arbiter
        public void look(ZII_Result result) {
            result.r2 = admission.connections();
            result.r3 = admission.peers();
        }
    }
}

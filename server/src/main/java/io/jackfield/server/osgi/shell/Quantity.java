package io.jackfield.server.osgi.shell;

import java.time.Duration;
import java.util.Locale;

/** Amounts as people read them: three digits or so, and a unit. */
final class Quantity {

    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Quantity() {}

    /** {@code 999 B}, {@code 1.2 KiB}. */
    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double amount = bytes;
        int unit = 0;
        // Rounded to one digit, 1023.95 would become 1024.0.
        while (amount >= 1023.95 && unit < BYTE_UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, BYTE_UNITS[unit]);
    }

    /** {@code 7s}, {@code 3m07s}, {@code 2h05m}, {@code 9d04h}. */
    static String age(Duration age) {
        if (age.toDays() > 0) {
            return String.format(Locale.ROOT, "%dd%02dh", age.toDays(), age.toHoursPart());
        }
        if (age.toHours() > 0) {
            return String.format(Locale.ROOT, "%dh%02dm", age.toHours(), age.toMinutesPart());
        }
        if (age.toMinutes() > 0) {
            return String.format(Locale.ROOT, "%dm%02ds", age.toMinutes(), age.toSecondsPart());
        }
        return age.toSeconds() + "s";
    }

    /** {@code 0.4 ms}, {@code 120.0 ms}. */
    static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }
}

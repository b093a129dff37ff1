/**
 * What a server counts, for those who watch it: {@link io.jackfield.api.statistics.ServerMonitor} gives figures of the
 * server and of each of its connections, and {@link io.jackfield.api.statistics.ConnectionObserver} hears of connections
 * as they come and go. A bridge to a metrics library needs nothing else.
 */
@Version("1.0.0")
package io.jackfield.api.statistics;

import org.osgi.annotation.versioning.Version;

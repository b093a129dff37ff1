/**
 * What a server counts. Each event loop has {@code LoopCounters} of its own for what happens often; {@code Journal} takes
 * what happens seldom, and tells of it to observers and to a flight recorder. Any thread may read both.
 */
package io.jackfield.server.statistics;

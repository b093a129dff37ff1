/**
 * Event loops: a thread with a selector that owns the connections registered with it. {@code EventLoop} runs, in turns,
 * what is ready, what other threads handed over, and what is due; {@code TimerWheel} keeps what is due later.
 */
package io.jackfield.server.loop;

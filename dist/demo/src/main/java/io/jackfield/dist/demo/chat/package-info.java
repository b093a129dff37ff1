/**
 * A chat over small JSON messages.
 *
 * <p>A client says {@code {"type":"join","name":"Ann"}}, again to change its name, and then
 * {@code {"type":"message","text":"Hello"}}. It is told:
 *
 * <ul>
 *   <li>{@code welcome} once it joined: its own {@code id} and {@code name}, the {@code people} that are there, and the
 *       last {@code messages}
 *   <li>{@code joined}, {@code renamed} and {@code left}: {@code id} and {@code name} of another, and the {@code people}
 *       that are there now
 *   <li>{@code message}: {@code id} and {@code name} of the sender, {@code text}, and {@code at} in milliseconds since 1970;
 *       the sender gets it, too
 *   <li>{@code problem}: what was wrong with its last message, as {@code text}
 * </ul>
 */
package io.jackfield.dist.demo.chat;

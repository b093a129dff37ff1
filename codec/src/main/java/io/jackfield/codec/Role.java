package io.jackfield.codec;

/** Which end of a connection a driver is. */
public enum Role {
    /** Expects masked frames and sends unmasked ones. */
    SERVER,
    /** Expects unmasked frames and sends masked ones. */
    CLIENT
}

package io.jackfield.ext.deflate;
/** x */
public interface Placeholder {}

package io.jackfield.server; /** x */ public interface Placeholder {}

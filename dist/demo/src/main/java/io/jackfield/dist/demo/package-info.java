/** What the distribution offers to try out: {@code /echo}, {@code /broadcast}, {@code /chat} and a page at {@code /}. */
package io.jackfield.dist.demo;

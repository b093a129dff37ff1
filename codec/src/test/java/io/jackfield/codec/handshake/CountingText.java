package io.jackfield.codec.handshake;

/** Text that counts how often its characters are looked at: the work of a parser, on any machine. */
final class CountingText implements CharSequence {

    private final CharSequence text;
    private long looks;

    CountingText(CharSequence text) {
        this.text = text;
    }

    long looks() {
        return looks;
    }

    @Override
    public char charAt(int index) {
        looks++;
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        looks += end - start;
        return text.subSequence(start, end);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

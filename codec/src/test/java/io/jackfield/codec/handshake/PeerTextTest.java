package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R-27, A-62: what is shown of a peer's text")
class PeerTextTest {

    @Test
    void printableTextIsShown() {
        assertEquals("a,,\"b\" <c>", PeerText.quote("a,,\"b\" <c>"));
        assertEquals(" ~", PeerText.quote(" ~"));
    }

    @Test
    void otherTextIsNot() {
        assertEquals("(not printable)", PeerText.quote("a\u00e4"));
        assertEquals("(not printable)", PeerText.quote("a\tb"));
        assertEquals("(not printable)", PeerText.quote("a\r\nb"));
    }

    @Test
    void longTextIsCut() {
        assertEquals("a".repeat(200), PeerText.quote("a".repeat(200)));
        assertEquals("a".repeat(200) + "...", PeerText.quote("a".repeat(201)));
        assertEquals("a".repeat(199) + "...", PeerText.line("a".repeat(199) + "\ud83d\ude00" + "a".repeat(9)));
    }

    @Test
    void messagesBecomeOneLine() {
        assertEquals("a??b?c?d?\u00e4\ud83d\ude00", PeerText.line("a\r\nb\u2028c\0d\ud83d\u00e4\ud83d\ude00"));
    }
}

// Reproducible payloads: text whose words repeat at all distances, so that the size of an LZ77 window matters, and
// bytes that do not compress.
export const LARGEST = 1 << 20;

export function generator(seed) {
  let state = seed >>> 0;
  return () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export class Payloads {
  constructor(seed) {
    this.random = generator(seed);
    this.text = Buffer.alloc(2 * LARGEST);
    this.noise = Buffer.alloc(2 * LARGEST);
    const words = Array.from({length: 500}, () => this.#word());
    for (let at = 0; at < this.text.length; ) {
      at += this.text.write(words[this.#below(words.length)] + ' ', at, 'latin1');
    }
    for (let at = 0; at < this.noise.length; at += 4) {
      this.noise.writeUInt32LE(this.#below(4294967296), at);
    }
  }

  /** A slice of text that is all ASCII. */
  ascii(size) {
    return this.#slice(this.text, size);
  }

  /** Text with characters of one to four bytes, `size` bytes long in UTF-8. */
  unicode(size) {
    const mixed = Buffer.from(this.#slice(this.text, size));
    for (const character of ['é', '€', '𝄞']) {
      const bytes = Buffer.from(character);
      for (let at = this.#below(64); at + bytes.length <= size; at += 128 + this.#below(256)) {
        if (mixed.subarray(Math.max(0, at - 4), at + 8).every(byte => byte < 128)) {
          bytes.copy(mixed, at);
        }
      }
    }
    return mixed;
  }

  /** Bytes that no compression makes smaller. */
  binary(size) {
    return this.#slice(this.noise, size);
  }

  #slice(source, size) {
    const start = this.#below(source.length - size);
    return source.subarray(start, start + size);
  }

  #word() {
    const length = 3 + this.#below(8);
    return Array.from({length}, () => String.fromCharCode(97 + this.#below(26))).join('');
  }

  #below(limit) {
    return Math.floor(this.random() * limit);
  }
}

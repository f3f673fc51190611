// Places in a text. The app counts UTF-8 bytes, JavaScript counts UTF-16 units, PostgreSQL counts characters:
// this file is the one place where they are converted.

/** The places of one text. Building costs one pass over it; a place costs a binary search, and nothing for ASCII. */
export class Offsets {
  /** @param {string} text */
  constructor(text) {
    this.length = text.length;
    this.bytes = null;
    // eslint-disable-next-line no-control-regex
    if (/^[\u0000-\u007f]*$/.test(text)) return;
    this.bytes = new Uint32Array(text.length + 1);
    let bytes = 0;
    for (let unit = 0; unit < text.length; ) {
      const code = text.codePointAt(unit);
      const units = code > 0xffff ? 2 : 1;
      // Both halves of a surrogate pair stand where their character begins.
      for (let half = 0; half < units; half += 1) this.bytes[unit + half] = bytes;
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      unit += units;
    }
    this.bytes[text.length] = bytes;
  }

  /** UTF-16 units → UTF-8 bytes. */
  toBytes(unit) {
    const inside = Math.max(0, Math.min(unit, this.length));
    return this.bytes ? this.bytes[inside] : inside;
  }

  /** UTF-8 bytes → UTF-16 units; a place inside a character or past the end moves back to one that exists. */
  toUnits(byte) {
    if (!this.bytes) return Math.max(0, Math.min(byte, this.length));
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.bytes[middle] <= byte) low = middle;
      else high = middle - 1;
    }
    return low > 0 && this.bytes[low] === this.bytes[low - 1] ? low - 1 : low;
  }
}

/** Characters, as PostgreSQL counts them from 1, → UTF-16 units. */
export function unitsOfCharacter(text, character) {
  let unit = 0;
  for (let left = character - 1; left > 0 && unit < text.length; left -= 1) {
    unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  }
  return unit;
}

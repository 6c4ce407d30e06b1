/**
 * Follows WebSocket frame boundaries through a byte stream (RFC 6455 §5.2) far enough to tell data from ping, pong
 * and close. Nothing is buffered, decoded or checked: the ends do that. Garbage only miscounts activity.
 */
export class FrameWatcher {
  #headerLeft = 0;
  #maskLength = 0;
  #lengthBytesLeft = 0;
  #length = 0;
  #skip = 0;
  #isControl = false;

  /** Reads the next bytes. True if any byte of a data frame was among them. */
  sawData(chunk: Buffer): boolean {
    let data = false;
    for (let at = 0; at < chunk.length; ) {
      if (this.#skip > 0) {
        const step = Math.min(this.#skip, chunk.length - at);
        this.#skip -= step;
        at += step;
        data ||= !this.#isControl;
        continue;
      }
      this.#headerByte(chunk[at] ?? 0);
      data ||= !this.#isControl;
      at += 1;
    }
    return data;
  }

  #headerByte(byte: number): void {
    if (this.#headerLeft === 0) {
      this.#isControl = (byte & 0x08) !== 0;
      this.#headerLeft = 1;
      return;
    }
    if (this.#lengthBytesLeft === 0) {
      const short = byte & 0x7f;
      this.#maskLength = (byte & 0x80) === 0 ? 0 : 4;
      this.#length = short < 126 ? short : 0;
      this.#lengthBytesLeft = short === 126 ? 2 : short === 127 ? 8 : 0;
    } else {
      this.#length = this.#length * 256 + byte;
      this.#lengthBytesLeft -= 1;
    }
    if (this.#lengthBytesLeft > 0) return;
    this.#skip = this.#length + this.#maskLength;
    this.#headerLeft = 0;
  }
}

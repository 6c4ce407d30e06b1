import { BadResponse, MAX_HEAD_BYTES, parseTrailers } from './response-head.ts';

/** Receives the decoded bytes of a chunked body. */
export interface BodySink {
  /** `sole`: no other piece of this body lies in the same memory, so that it may be freed once it is written. */
  bodyData(chunk: Buffer, sole: boolean): void;
}

const SIZE_LINE = /^([0-9A-Fa-f]{1,12})(?:;[!#$%&'*+\-.^_`|~0-9A-Za-z]+(?:=[!#$%&'*+\-.^_`|~0-9A-Za-z]+)?)*$/;
const MAX_SIZE_LINE = 1024;
const CR = 13;
const LF = 10;

/**
 * Decodes `Transfer-Encoding: chunked` (RFC 9112 §7.1) from whatever pieces the socket gives. Lines end in CR LF, a
 * size is at most 12 hex digits, extensions are bounded and dropped; anything else throws BadResponse.
 */
export class ChunkedDecoder {
  /** Trailer fields, once done. */
  trailers: string[] = [];
  done = false;
  #state: 'size' | 'data' | 'data-end' | 'trailers' = 'size';
  #left = 0;
  #line = '';

  /** Decodes from `at`; returns where it stopped: the chunk's end, or the first byte after the body. */
  decode(chunk: Buffer, from: number, sink: BodySink): number {
    let at = from;
    while (at < chunk.length && !this.done) {
      if (this.#state === 'data') {
        const end = Math.min(chunk.length, at + this.#left);
        sink.bodyData(chunk.subarray(at, end), at === 0 && end === chunk.length);
        this.#left -= end - at;
        at = end;
        if (this.#left === 0) this.#state = 'data-end';
      } else {
        at = this.#readLine(chunk, at);
      }
    }
    return at;
  }

  #readLine(chunk: Buffer, at: number): number {
    const newline = chunk.indexOf(LF, at);
    const limit = this.#state === 'trailers' ? MAX_HEAD_BYTES : MAX_SIZE_LINE;
    const end = newline === -1 ? chunk.length : newline + 1;
    if (this.#line.length + (end - at) > limit) throw new BadResponse('overlong chunk line');
    this.#line += chunk.toString('latin1', at, end);
    if (newline === -1) return end;
    if (this.#line.charCodeAt(this.#line.length - 2) !== CR)
      throw new BadResponse('bare line feed in chunked body');
    this.#lineDone();
    return end;
  }

  #lineDone(): void {
    if (this.#state === 'trailers') {
      // The whole trailer section is kept until its empty line, so that it is read by the same rules as a head.
      if (this.#line !== '\r\n' && !this.#line.endsWith('\r\n\r\n')) return;
      this.trailers = parseTrailers(this.#line === '\r\n' ? '' : this.#line.slice(0, -4));
      this.done = true;
      return;
    }
    const line = this.#line.slice(0, -2);
    this.#line = '';
    if (this.#state === 'data-end') {
      if (line !== '') throw new BadResponse('chunk longer than its size');
      this.#state = 'size';
      return;
    }
    const size = SIZE_LINE.exec(line);
    if (size === null) throw new BadResponse('malformed chunk size');
    this.#left = Number.parseInt(size[1] ?? '', 16);
    this.#state = this.#left === 0 ? 'trailers' : 'data';
  }
}

import { Problem } from '../domain/problem.ts';

const FIELDS_BYTES = 64 * 1024;
const CRLF2 = Buffer.from('\r\n\r\n');

/** What a form with a file sends: its fields, and the file as it arrives. */
export interface Upload {
  readonly fields: URLSearchParams;
  /** To be read once; null when no file was chosen. */
  readonly file: AsyncGenerator<Uint8Array> | null;
  /**
   * Reads what nobody wanted of the body, as far as it is short and comes soon; says whether that was all. What is left
   * on a connection that is used again would keep the next request on it waiting for ever.
   */
  readonly discard: () => Promise<boolean>;
}

const DISCARD_BYTES = 256 * 2 ** 20;
const DISCARD_MS = 30_000;

/**
 * Reads the fields of a `multipart/form-data` body up to its one file, which must come last; the file itself is not held
 * in memory.
 *
 * @param boundary as it stands in the request's Content-Type.
 * @throws Problem HTTP-400 for what is no such body, HTTP-413 for fields that are too long.
 */
export async function readUpload(body: AsyncIterable<Uint8Array>, boundary: string): Promise<Upload> {
  const source = new Source(body);
  const discard = (): Promise<boolean> => source.discard();
  const fields = new URLSearchParams();
  const mark = Buffer.from(`\r\n--${boundary}`);
  // The first mark has no line before it.
  await source.upTo(mark.subarray(2));
  for (;;) {
    const after = await source.take(2);
    if (after.toString('latin1') === '--') return { fields, file: null, discard };
    const { name, file } = partOf((await source.upTo(CRLF2, after)).toString('utf8'));
    if (file === null) {
      fields.append(name, (await source.upTo(mark)).toString('utf8'));
      continue;
    }
    // An empty name: the person chose no file.
    return { fields, file: file === '' ? null : source.until(mark), discard };
  }
}

function partOf(head: string): { readonly name: string; readonly file: string | null } {
  const line = /^content-disposition: *form-data;(.*)$/im.exec(head)?.[1] ?? '';
  const name = /; *name="([^"]*)"|^ *name="([^"]*)"/.exec(line);
  const file = /filename="([^"]*)"/.exec(line)?.[1] ?? null;
  const word = name?.[1] ?? name?.[2];
  if (word === undefined) throw malformed();
  return { name: word, file };
}

class Source {
  readonly #body: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);
  #taken = 0;

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#body = body[Symbol.asyncIterator]();
  }

  /** What stands before the mark, which is taken off. `before`: what was taken off already and belongs to it. */
  async upTo(mark: Buffer, before: Buffer = Buffer.alloc(0)): Promise<Buffer> {
    this.#held = Buffer.concat([before, this.#held]);
    for (;;) {
      const at = this.#held.indexOf(mark);
      if (at !== -1) {
        const found = this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + mark.length);
        this.#taken += at;
        if (this.#taken > FIELDS_BYTES) throw new Problem('HTTP-413');
        return found;
      }
      if (this.#held.length + this.#taken > FIELDS_BYTES) throw new Problem('HTTP-413');
      await this.#more();
    }
  }

  async take(length: number): Promise<Buffer> {
    while (this.#held.length < length) await this.#more();
    const taken = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return taken;
  }

  /** Pieces of what stands before the mark, however long it is. */
  async *until(mark: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      if (at !== -1) {
        if (at > 0) yield this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + mark.length);
        // The closing mark ends the body: read, so that the connection can be used again.
        while (!(await this.#body.next()).done) this.#held = Buffer.alloc(0);
        return;
      }
      // The mark may have begun in the last bytes.
      const sure = Math.max(0, this.#held.length - mark.length);
      if (sure > 0) yield this.#held.subarray(0, sure);
      this.#held = this.#held.subarray(sure);
      await this.#more();
    }
  }

  async discard(): Promise<boolean> {
    const late = Promise.withResolvers<null>();
    const timer = setTimeout(() => late.resolve(null), DISCARD_MS);
    try {
      for (let read = 0; read <= DISCARD_BYTES; ) {
        const next = await Promise.race([this.#body.next(), late.promise]);
        if (next === null) return false;
        if (next.done) return true;
        read += next.value.length;
      }
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  async #more(): Promise<void> {
    const next = await this.#body.next();
    if (next.done) throw malformed();
    this.#held = Buffer.concat([this.#held, next.value]);
  }
}

function malformed(): Problem {
  return new Problem('HTTP-400', { detail: 'The upload broke off, or is no form.' });
}

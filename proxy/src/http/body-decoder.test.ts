import { describe, expect, it } from 'vitest';
import { ChunkedDecoder } from './body-decoder.ts';

function decode(
  text: string,
  pieceSize = text.length,
): { body: string; decoder: ChunkedDecoder; rest: string } {
  const decoder = new ChunkedDecoder();
  const sink = {
    body: '',
    bodyData: (chunk: Buffer) => {
      sink.body += chunk.toString('latin1');
    },
  };
  const bytes = Buffer.from(text, 'latin1');
  let rest = '';
  for (let at = 0; at < bytes.length; at += pieceSize) {
    const piece = bytes.subarray(at, at + pieceSize);
    const end = decoder.done ? 0 : decoder.decode(piece, 0, sink);
    rest += piece.toString('latin1', end);
  }
  return { body: sink.body, decoder, rest };
}

const WHOLE = '5\r\nhello\r\nA;ext=1\r\n0123456789\r\n0\r\nX-Sum: 7\r\n\r\n';

describe('ChunkedDecoder', () => {
  it.each([1, 2, 3, 7, 1000])('gives the same body in pieces of %i bytes', (size) => {
    const { body, decoder, rest } = decode(WHOLE, size);
    expect(body).toBe('hello0123456789');
    expect(decoder.done).toBe(true);
    expect(decoder.trailers).toEqual(['X-Sum', '7']);
    expect(rest).toBe('');
  });

  it('stops exactly at the end of the body', () => {
    expect(decode('0\r\n\r\nHTTP/1.1 200 OK').rest).toBe('HTTP/1.1 200 OK');
  });

  it.each([
    ['5\nhello\r\n', 'bare line feed'],
    ['5\r\nhelloX\r\n', 'longer than its size'],
    ['g\r\n', 'not hexadecimal'],
    ['-1\r\n', 'sign'],
    ['0x5\r\n', 'prefix'],
    [' 5\r\n', 'leading space'],
    ['\r\n', 'no size'],
    ['1234567890123\r\n', 'thirteen digits'],
    [`5;${'x'.repeat(2000)}\r\n`, 'endless extension'],
    ['0\r\nbad trailer\r\n\r\n', 'malformed trailer'],
    ['0\r\nA: b\n\r\n', 'bare line feed in trailers'],
  ])('refuses %j (%s)', (text) => {
    expect(() => decode(text)).toThrow(/bad response/);
    expect(() => decode(text, 1)).toThrow(/bad response/);
  });
});

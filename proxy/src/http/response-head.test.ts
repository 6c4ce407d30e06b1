import { describe, expect, it } from 'vitest';
import { parseResponseHead, parseTrailers } from './response-head.ts';

const parse = (text: string, method = 'GET') => parseResponseHead(text, method);

describe('parseResponseHead', () => {
  it('reads status, reason and fields as they came', () => {
    const head = parse('HTTP/1.1 200 Très bien\r\nX-A: 1 \r\nx-a:2\r\nContent-Length: 5');
    expect(head).toMatchObject({
      status: 200,
      reason: 'Très bien',
      framing: 'length',
      length: 5,
      keepAlive: true,
    });
    expect(head.headers).toEqual(['X-A', '1', 'x-a', '2', 'Content-Length', '5']);
  });

  it('finds the end of the body as RFC 9112 §6.3 says', () => {
    expect(parse('HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked').framing).toBe('chunked');
    expect(parse('HTTP/1.1 200 OK')).toMatchObject({ framing: 'close', keepAlive: false });
    expect(parse('HTTP/1.1 200 OK\r\nContent-Length: 0').framing).toBe('none');
    expect(parse('HTTP/1.1 200 OK\r\nContent-Length: 9', 'HEAD').framing).toBe('none');
    expect(parse('HTTP/1.1 304 Not Modified\r\nContent-Length: 9').framing).toBe('none');
  });

  it('takes the length off a 204, which has no body', () => {
    const head = parse('HTTP/1.1 204 No Content\r\nContent-Length: 9');
    expect(head.framing).toBe('none');
    expect(head.headers).toEqual([]);
  });

  it('drops hop-by-hop fields and what Connection names, but not what the message needs', () => {
    const head = parse(
      'HTTP/1.1 200 OK\r\nConnection: X-Hop, Set-Cookie\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nProxy-Connection: x\r\nSet-Cookie: a=b\r\nContent-Length: 0',
    );
    expect(head.headers).toEqual(['Set-Cookie', 'a=b', 'Content-Length', '0']);
    expect(head.idleSeconds).toBe(5);
  });

  it('does not keep a connection that the server closes', () => {
    expect(parse('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0').keepAlive).toBe(false);
    expect(parse('HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 0').keepAlive).toBe(false);
    expect(parse('HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0').keepAlive).toBe(false);
  });

  it.each([
    ['HTTP/1.1 099 Low', 'status below 100'],
    ['HTTP/1.1 1000 High', 'four digits'],
    ['HTTP/2 200 OK', 'version'],
    ['HTTP/1.1  200 OK', 'two spaces'],
    ['http/1.1 200 OK', 'lower case'],
    ['HTTP/1.1 200 O\u0007K', 'control character in the reason'],
    ['HTTP/1.1 200 OK\r\nBad Name: x', 'space in a name'],
    ['HTTP/1.1 200 OK\r\nName : x', 'space before the colon'],
    ['HTTP/1.1 200 OK\r\n: x', 'empty name'],
    ['HTTP/1.1 200 OK\r\nA: x\r\n folded', 'folded line'],
    ['HTTP/1.1 200 OK\r\nA: x\nB: y', 'bare line feed'],
    ['HTTP/1.1 200 OK\r\nA: x\ry', 'bare carriage return'],
    ['HTTP/1.1 200 OK\r\nA: x\0y', 'NUL in a value'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 5, 5', 'list of lengths'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5', 'two lengths'],
    ['HTTP/1.1 200 OK\r\nContent-Length: +5', 'sign'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 0x5', 'hexadecimal'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999', 'too many digits'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked', 'length and encoding'],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked', 'unknown encoding'],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked', 'two encodings'],
    ['HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked', 'encoding in HTTP/1.0'],
    ['HTTP/1.0 100 Continue', 'interim response in HTTP/1.0'],
  ])('refuses %j (%s)', (text) => {
    expect(() => parse(text)).toThrow(/bad response/);
  });

  it('refuses more than a thousand fields', () => {
    expect(() => parse(`HTTP/1.1 200 OK${'\r\nA: b'.repeat(1001)}`)).toThrow(/too many/);
  });
});

describe('parseTrailers', () => {
  it('reads fields by the same rules', () => {
    expect(parseTrailers('')).toEqual([]);
    expect(parseTrailers('X-Sum: 1\r\nY: 2')).toEqual(['X-Sum', '1', 'Y', '2']);
    expect(() => parseTrailers('no colon')).toThrow(/bad response/);
    expect(() => parseTrailers('Content-Length: 5')).toThrow(/bad response/);
  });
});

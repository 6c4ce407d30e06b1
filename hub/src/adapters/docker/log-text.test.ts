import { expect, test } from 'vitest';
import { cleanLines, secretsOf, unframe } from './log-text.ts';

function frame(stream: number, text: string): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

test('frames of both streams come apart, also where one cuts a letter in two', () => {
  const snow = Buffer.from('☃\n');
  const cut = [frame(1, 'one\n'), frame(2, 'two\n')];
  const half = (bytes: Buffer) => {
    const header = Buffer.alloc(8);
    header.writeUInt8(1, 0);
    header.writeUInt32BE(bytes.length, 4);
    return Buffer.concat([header, bytes]);
  };
  const all = Buffer.concat([...cut, half(snow.subarray(0, 2)), half(snow.subarray(2))]);
  expect(unframe(all)).toBe('one\ntwo\n☃\n');
});

test('output of a terminal has no frames and comes as it is', () => {
  expect(unframe(Buffer.from('plain words\n'))).toBe('plain words\n');
});

test('half a frame at the end gives what there is of it', () => {
  expect(unframe(frame(1, 'complete\n').subarray(0, 12))).toBe('comp');
});

test('colours, titles, cursor movements and control characters go', () => {
  const noisy = '\x1b[31mred\x1b[0m \x1b]0;title\x07x\x1b[2K\x1bM\x00\x07y\u202e\u0085';
  expect(cleanLines(noisy, 10, [])).toEqual(['red xy']);
});

test('of a progress bar the last state is kept', () => {
  expect(cleanLines('10 %\r50 %\r100 %\r\ndone\r\n', 10, [])).toEqual(['100 %', 'done']);
});

test('the last lines are kept, oldest first, and a line has an end', () => {
  expect(cleanLines('a\nb\nc\n', 2, [])).toEqual(['b', 'c']);
  expect(cleanLines('x'.repeat(1_000_000), 2, [])[0]).toHaveLength(2_001);
});

test('secrets of the environment do not get out, whatever surrounds them', () => {
  const token = '61a9294c5df9431e8e26a7c424d55c43';
  const secrets = secretsOf([
    `JUPYTERHUB_API_TOKEN=${token}`,
    'DB_PASSWORD=pass=word123',
    'HOME=/home/jovyan',
    'ODD',
  ]);
  expect(secrets).toEqual([token, 'pass=word123']);
  expect(cleanLines(`?token=${token}& ${token} pass=word123`, 5, secrets)).toEqual([
    '?token=[hidden]& [hidden] [hidden]',
  ]);
});

test('no colour or turned letter within a secret brings it out', () => {
  const told = 'a to\u202eken-of-\x1b[31mana\x1b[0m b\ntwo\nlines';
  expect(cleanLines(told, 5, ['token-of-ana', 'two\nlines'])).toEqual(['a [hidden] b', '[hidden]']);
});

test('a short word that happens to be a secret does not blank the log', () => {
  expect(cleanLines('a1 b2', 5, ['a', '1'])).toEqual(['a1 b2']);
});

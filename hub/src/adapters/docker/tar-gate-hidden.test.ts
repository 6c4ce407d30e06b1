import { expect, test } from 'vitest';
import { paxLine, tarEnd, tarMember } from '../../../../test/support/tar-member.ts';
import { TarGate } from './tar-gate.ts';

const device = tarMember({ name: 'dev', type: '3' });
const record = (content: string): Buffer => tarMember({ type: 'x', content });
const file = (size = 0): Buffer => tarMember({ name: 'f', type: '0', size });

/** What the gate says of all bytes at once, and byte by byte. */
function refusals(bytes: Buffer): readonly (string | null)[] {
  return [bytes.length, 1].map((piece) => {
    const gate = new TarGate();
    try {
      for (let at = 0; at < bytes.length; at += piece) gate.see(bytes.subarray(at, at + piece));
      gate.end();
      return null;
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : `not a refusal: ${error}`;
    }
  });
}

// Each of them led an engine to make a device out of what passed as a file's content.
test.each([
  ['an old file that is a folder by its name', [tarMember({ name: 'd/', type: '', size: 512 }), device]],
  ['an old file without a name', [tarMember({ name: '', type: '', size: 512 }), device]],
  [
    'an old file that a record makes a folder',
    [record(paxLine('path', 'd/')), tarMember({ type: '', size: 512 }), device],
  ],
  [
    'a record with a size before a long name',
    [
      record(paxLine('size', '1024')),
      tarMember({ type: 'L', content: 'long\0' }),
      device,
      file(),
      file(),
      file(),
    ],
  ],
  [
    'a record with a size before one for all',
    [
      record(paxLine('size', '512')),
      tarMember({ type: 'g', content: paxLine('comment', 'x') }),
      file(),
      device,
    ],
  ],
  ['two sizes in a record', [record(paxLine('size', '512') + paxLine('size', '0')), file(), device]],
  [
    'a size and then none in a record',
    [record(paxLine('size', '512') + paxLine('size', '')), file(), device],
  ],
  ['a size within another word', [record(paxLine('comment', 'a\n7 size=512')), file(), device]],
  ['a size that is no plain number', [record(paxLine('size', '+512')), file(512), device]],
  ['a record whose length is wrong', [record('99 size=512\n'), file(512), device]],
  ['a kind that has more headers of its own', [tarMember({ name: 's', type: 'S', size: 512 }), device]],
  ['a device behind a block of zeros', [file(), Buffer.alloc(512), device]],
  ['a device behind the end', [file(), tarEnd, device]],
])('no device is hidden in an upload by %s', (_, pieces) => {
  expect(refusals(Buffer.concat([...pieces, tarEnd]))).toEqual(['VOLUME-004', 'VOLUME-004']);
});

test.each([
  ['a record that says the size', [record(paxLine('size', '5')), tarMember({ type: '0', content: 'hello' })]],
  ['a size that does not fit into the header', [record(paxLine('size', '600')), file(0), Buffer.alloc(1024)]],
  ['a file as tar wrote it before POSIX', [tarMember({ name: 'old', type: '', content: 'hello' })]],
  ['a folder with a size', [tarMember({ name: 'd/', type: '5', size: 4096 })]],
  ['a link with a size', [tarMember({ name: 'l', type: '1', size: 4096 })]],
])('%s is read as engines read it', (_, pieces) => {
  expect(refusals(Buffer.concat([...pieces, tarEnd]))).toEqual([null, null]);
});

// Engines look at the first bytes and unpack what looks compressed; the tar within it was looked at by nobody.
test.each([
  ['gzip', '\x1f\x8b\x08\x04'],
  ['bzip2', 'BZh9'],
  ['xz', '\xfd7zXZ'],
  ['Zstandard', '\x28\xb5\x2f\xfd'],
  ['a piece that Zstandard skips', '\x5e\x2a\x4d\x18'],
])('an archive that begins as %s does is refused, and may have such a name further on', (_, name) => {
  const member = tarMember({ name, type: '0' });
  expect(refusals(Buffer.concat([member, tarEnd]))).toEqual(['VOLUME-004', 'VOLUME-004']);
  expect(refusals(Buffer.concat([file(), member, tarEnd]))).toEqual([null, null]);
});

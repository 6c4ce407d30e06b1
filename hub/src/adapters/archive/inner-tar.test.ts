import { expect, test } from 'vitest';
import { paxLine, tarEnd, tarMember } from '../../../../test/support/tar-member.ts';
import { ArchiveFault } from './archive-fault.ts';
import { InnerTar } from './inner-tar.ts';

const outside = tarMember({ name: '../x', type: '0' });
const record = (content: string): Buffer => tarMember({ type: 'x', content });
const sized = record(paxLine('size', '512'));

function look(...pieces: readonly Buffer[]): void {
  const tar = new InnerTar('volumes/0');
  tar.feed(Buffer.concat([...pieces, tarEnd]));
  tar.finish();
}

// tar would find what passed here as a file's content, or in a record, as a member of its own.
test.each([
  ['an old file that is a folder by its name', [tarMember({ name: 'd/', type: '\0', size: 512 }), outside]],
  ['a folder that a record gives a size', [sized, tarMember({ name: 'd', type: '5' }), outside]],
  ['a link with a size', [tarMember({ name: 'l', type: '2', size: 512 }), outside]],
  ['a size before another record', [sized, record(paxLine('path', 'p')), tarMember({ type: '0' }), outside]],
  ['a size that is empty', [record(paxLine('size', '')), tarMember({ type: '0', size: 512 }), outside]],
  ['a record whose length is none', [record('0x9 size=5'), tarMember({ type: '0' }), outside]],
])('no path out of a volume is hidden in a backup by %s', (_, pieces) => {
  expect(() => look(...pieces)).toThrow(ArchiveFault);
});

test('a record may say a size and a name, and the next member has its own', () => {
  const told = record(paxLine('path', 'long') + paxLine('size', '5'));
  expect(() =>
    look(told, tarMember({ type: '0', content: 'hello', size: 0 }), tarMember({ type: '5' })),
  ).not.toThrow();
});

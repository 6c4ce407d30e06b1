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

const device = (major: string, minor: string, type = '3') =>
  tarMember({ name: 'work/.wh', type, device: [major, minor] });

test('what an overlay left for a name that is gone may be in a backup', () => {
  expect(() => look(device('0', '0'), tarMember({ type: '0' }))).not.toThrow();
});

test.each([
  ['another character device', [device('1', '3')]],
  ['one whose major alone is nought', [device('0', '1')]],
  ['one whose minor alone is nought', [device('5', '0')]],
  ['a block device, whatever its numbers', [device('0', '0', '4')]],
  ['numbers that a record tells', [record(paxLine('SCHILY.devminor', '3')), device('0', '0')]],
  ['numbers that readers could take for others', [device('0', '\x00000003')]],
])('no backup holds %s', (_, pieces) => {
  expect(() => look(...pieces)).toThrow(ArchiveFault);
});

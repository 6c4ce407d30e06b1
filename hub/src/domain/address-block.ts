/**
 * What of an address names whoever has the line. Of version 6 that is the first half: each line gets at least so many
 * addresses (RFC 6177) that one for each try is no trouble. One of version 4 in disguise is that one.
 */
export function addressBlock(address: string): string {
  if (!address.includes(':')) return address;
  const four = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1];
  if (four !== undefined) return four;
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? [];
  const before = wordsOf(head);
  const after = wordsOf(tail ?? '');
  const gap = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  const words = [...before, ...gap, ...after].map((word) => word.toLowerCase().replace(/^0+(?=.)/, ''));
  return `${words.slice(0, 4).join(':')}::/64`;
}

function wordsOf(part: string): readonly string[] {
  return part === '' ? [] : part.split(':');
}

/**
 * The size that a record of type `x` tells of the next header; null: none, and the header's own holds. Read as engines
 * read it (POSIX pax, Go's archive/tar): records by their length, the last word on a size holds, an empty one is none.
 *
 * @throws RangeError when it is no such record: where readers could differ, one of them would see other files.
 */
export function paxSize(record: Buffer): number | null {
  let size = '';
  for (let at = 0; at < record.length; ) {
    const space = record.indexOf(0x20, at);
    const word = space === -1 ? '' : record.toString('latin1', at, space);
    const length = /^[1-9]\d{0,6}$/.test(word) ? Number(word) : 0;
    const line = record.toString('latin1', space + 1, at + length - 1);
    const equals = line.indexOf('=');
    const whole = at + length <= record.length && record[at + length - 1] === 0x0a;
    if (length <= word.length + 1 || !whole || equals < 1) throw new RangeError('it is no record');
    if (line.slice(0, equals) === 'size') size = line.slice(equals + 1);
    at += length;
  }
  if (!/^\d{0,15}$/.test(size)) throw new RangeError('a size is no number');
  return size === '' ? null : Number(size);
}

import { expect, test } from 'vitest';
import { readUpload } from './multipart.ts';

const content = `line\r\n--almost\r\n\r\n${'x'.repeat(5000)}\r\n--bound`;

async function bodyOf(file: string | null, fields: Readonly<Record<string, string>> = {}): Promise<Buffer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file !== null) form.append('archive', new Blob([file]), file === '' ? '' : 'ä "files".tar.gz');
  const made = new Response(form);
  boundary = /boundary=(.*)$/.exec(made.headers.get('content-type') ?? '')?.[1] ?? '';
  return Buffer.from(await made.arrayBuffer());
}
let boundary = '';

async function* pieces(bytes: Buffer, length: number) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function fileOf(bytes: Buffer, length: number) {
  const { fields, file } = await readUpload(pieces(bytes, length), boundary);
  if (file === null) return { fields, text: null };
  const read: Uint8Array[] = [];
  for await (const piece of file) read.push(piece);
  return { fields, text: Buffer.concat(read).toString() };
}

test.each([1, 7, 64, 100_000])(
  'fields and file come out as they went in, in pieces of %d bytes',
  async (length) => {
    const bytes = await bodyOf(content, { _xsrf: 'word', replace: 'yes' });
    const { fields, text } = await fileOf(bytes, length);
    expect(text).toBe(content);
    expect([...fields]).toEqual([
      ['_xsrf', 'word'],
      ['replace', 'yes'],
    ]);
  },
);

/** As browsers write a field for a file. */
async function emptyFile(name: string): Promise<Buffer> {
  const bytes = await bodyOf('', { _xsrf: 'word' });
  const text = bytes.toString('latin1').replace('name="archive"', `name="archive"; filename="${name}"`);
  return Buffer.from(text, 'latin1');
}

test('an empty file is a file', async () => {
  expect((await fileOf(await emptyFile('x'), 50)).text).toBe('');
});

test('no file was chosen: there is none', async () => {
  expect((await fileOf(await emptyFile(''), 50)).text).toBeNull();
  expect((await fileOf(await bodyOf(null, { _xsrf: 'word' }), 50)).text).toBeNull();
});

test('a body that breaks off is refused, in a field as in the file', async () => {
  const bytes = await bodyOf(content, { _xsrf: 'word' });
  for (const cut of [10, 90, bytes.length - 100]) {
    await expect(fileOf(bytes.subarray(0, cut), 60)).rejects.toMatchObject({ code: 'HTTP-400' });
  }
});

test('fields that have no end are refused before they fill the memory', async () => {
  const bytes = await bodyOf('x', { _xsrf: 'w'.repeat(100_000) });
  await expect(fileOf(bytes, 1000)).rejects.toMatchObject({ code: 'HTTP-413' });
});

test('what nobody wanted of an upload is read away, so that the connection serves the next request', async () => {
  const bytes = await bodyOf('x'.repeat(300_000), { replace: 'yes' });
  const body = pieces(bytes, 1000);
  const { discard } = await readUpload(body, boundary);
  expect(await discard()).toBe(true);
  expect((await body.next()).done).toBe(true);
});

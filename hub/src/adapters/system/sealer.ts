import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Sealer } from '../../domain/ports.ts';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const MARK = 'v1';

/**
 * AES-256-GCM. A sealed text is `v1.<key's number>.<iv>.<tag>.<text>`, base64url; what it is bound to goes in
 * as additional data, so that one record's secret cannot be put into another's.
 *
 * @param keys at least one; the first seals, all open: that is how a key is changed.
 */
export function makeSealer(keys: readonly Buffer[]): Sealer {
  const [first] = keys;
  if (first === undefined) throw new RangeError('a sealer needs a key');
  return {
    seal(text, binding) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', first, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(binding));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const parts = [iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'));
      return [MARK, numberOf(first), ...parts].join('.');
    },
    open(sealed, binding) {
      const [mark, number, iv = '', tag = '', text = '', ...rest] = sealed.split('.');
      const key = keys.find((one) => numberOf(one) === number);
      if (mark !== MARK || key === undefined || rest.length > 0) return null;
      try {
        const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), {
          authTagLength: TAG_BYTES,
        });
        cipher.setAAD(Buffer.from(binding));
        cipher.setAuthTag(Buffer.from(tag, 'base64url'));
        return cipher.update(Buffer.from(text, 'base64url'), undefined, 'utf8') + cipher.final('utf8');
      } catch {
        // Bound to something else, or not what was sealed: the same as nothing.
        return null;
      }
    },
  };
}

/** Tells keys apart without telling anything of them. */
function numberOf(key: Buffer): string {
  return createHash('sha256').update('berth key number').update(key).digest('base64url').slice(0, 8);
}

/**
 * Keys as JupyterHub writes them: 32 bytes each, in hex (64) or base64 (44), with `;` between.
 *
 * @throws Error that says which one is wrong, never its value.
 */
export function parseCryptKeys(text: string): readonly Buffer[] {
  const words = text.split(';').map((word) => word.trim());
  return words
    .filter((word) => word !== '')
    .map((word, index) => {
      const key = /^[0-9a-f]{64}$/i.test(word) ? Buffer.from(word, 'hex') : Buffer.from(word, 'base64');
      const whole = /^(?:[0-9a-f]{64}|[A-Za-z0-9+/_-]{43}=?)$/i.test(word);
      if (!whole || key.length !== KEY_BYTES) {
        throw new Error(
          `crypt key ${index + 1} is not 32 bytes in hex or base64: \`openssl rand -hex 32\` makes one`,
        );
      }
      return key;
    });
}

export interface CryptKeySource {
  /** `JUPYTERHUB_CRYPT_KEY`: wins over the file. */
  readonly keys: string | null;
  readonly file: string;
}

/**
 * The sealer of this hub. Without any key one is made that lives as long as the process: then everybody
 * whom a provider vouches for signs in again after a restart.
 *
 * @throws Error when a key is malformed, or the file is open to others than its owner.
 */
export async function openSealer({
  keys,
  file,
}: CryptKeySource): Promise<{ sealer: Sealer; lasting: boolean }> {
  const text = keys ?? (await readKeyFile(file));
  const found = parseCryptKeys(text ?? '');
  if (found.length > 0) return { sealer: makeSealer(found), lasting: true };
  return { sealer: makeSealer([randomBytes(KEY_BYTES)]), lasting: false };
}

async function readKeyFile(path: string): Promise<string | null> {
  try {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) throw new Error(`${path} can be read by others: run \`chmod 600 ${path}\``);
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') return null;
    // The engine makes an empty folder of a file that was not there when it was mounted.
    if (code === 'EISDIR')
      throw new Error(`${path} is a folder: remove it, then run \`make build\`, which makes the key`);
    throw error;
  }
}

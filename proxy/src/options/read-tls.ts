import { basename, join } from 'node:path';
import { Refusal } from '../refusal.ts';
import type { TlsFiles } from '../tls/tls-files.ts';
import type { GivenOptions } from './parse-options.ts';

/** What one side's TLS is made of. */
export function tlsFiles(
  given: GivenOptions,
  side: 'ssl' | 'api-ssl' | 'client-ssl',
  passphrase: string | undefined,
): TlsFiles {
  return {
    key: given.text(`${side}-key`),
    cert: given.text(`${side}-cert`),
    ca: given.text(`${side}-ca`),
    dhparam: given.text('ssl-dhparam'),
    passphrase,
    protocol: given.text('ssl-protocol'),
    ciphers: given.text('ssl-ciphers'),
  };
}

/** The same; undefined where it speaks none. @throws Refusal when half of it is said. */
export function tlsOf(
  given: GivenOptions,
  side: 'ssl' | 'api-ssl',
  passphrase: string | undefined,
): TlsFiles | undefined {
  const files = tlsFiles(given, side, passphrase);
  if (files.key === undefined && files.cert === undefined) return undefined;
  if (files.key === undefined || files.cert === undefined)
    throw new Refusal(400, `--${side}-key and --${side}-cert belong together.`);
  return files;
}

/** An overlay of Compose can add to the environment, but not to the command line: files of the same names, elsewhere. */
export function inFolder(files: TlsFiles | undefined, folder: string | undefined): TlsFiles | undefined {
  if (files?.key === undefined || files.cert === undefined || folder === undefined || folder === '')
    return files;
  return { ...files, key: join(folder, basename(files.key)), cert: join(folder, basename(files.cert)) };
}

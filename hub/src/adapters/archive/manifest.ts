import { z } from 'zod';

/** Raised when an older Berth could not read what we write. */
export const ARCHIVE_FORMAT = 1;

/** Long streams lie in the archive as parts of at most so many bytes: their length need not be known beforehand. */
export const PART_BYTES = 8 * 1024 * 1024;

/** Files of the configuration are small; what is larger is something else. */
export const FILE_BYTES = 16 * 1024 * 1024;

export const MANIFEST_NAME = 'manifest.json';
/** One line an entry of at most {@link PART_BYTES}: enough for 5 TB. */
export const MANIFEST_BYTES = 128 * 1024 * 1024;

/** Where something of the project's folder belongs. */
const CONFIG_PATH =
  /^(\.env|userlist|config\.yaml|config\.d\/[A-Za-z0-9_][\w.-]{0,99}\.ya?ml|secrets\/[A-Za-z0-9_][\w.-]{0,99})$/;
const PART = /^(store|data|volumes\/\d{1,6})\/(\d{6})\.part$/;

/** Path within the project's folder of an entry `config/…`, or null when nothing of ours lies there. */
export function configPathOf(name: string): string | null {
  const path = name.startsWith('config/') ? name.slice('config/'.length) : '';
  return CONFIG_PATH.test(path) && !path.includes('..') ? path : null;
}

export function isConfigPath(path: string): boolean {
  return configPathOf(`config/${path}`) !== null;
}

/** Of which stream an entry is a part, and the how-manieth; null when it is none. */
export function partOf(name: string): { readonly stream: string; readonly number: number } | null {
  const [, stream, number] = PART.exec(name) ?? [];
  return stream === undefined ? null : { stream, number: Number(number) };
}

export function partName(stream: string, number: number): string {
  return `${stream}/${String(number).padStart(6, '0')}.part`;
}

const entry = z.strictObject({
  name: z.string().max(255),
  size: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const volume = z.strictObject({
  /** Of the engine. */
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/),
  /** Whose files; null when nobody's in particular. */
  user: z.string().max(255).nullable(),
  /** Words of tar about files that changed while they were read. */
  remarks: z.array(z.string().max(500)).max(20),
});

/** What an archive says of itself; its last entry. Volume `n` of the list lies under `volumes/n/`. */
export const manifestSchema = z.strictObject({
  format: z.literal(ARCHIVE_FORMAT),
  hub: z.string().max(64),
  schema: z.number().int().positive(),
  instance: z.string().max(255),
  made: z.iso.datetime(),
  dataRemarks: z.array(z.string().max(500)).max(20),
  volumes: z.array(volume).max(1_000_000),
  entries: z.array(entry),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestEntry = z.infer<typeof entry>;
export type ManifestVolume = z.infer<typeof volume>;

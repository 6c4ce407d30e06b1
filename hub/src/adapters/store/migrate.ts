import { copyFile } from 'node:fs/promises';
import { jsonFault } from '../../domain/json-fault.ts';
import { MIGRATIONS } from './migrations.ts';
import { documentSchema, SCHEMA_VERSION, type StoreDocument } from './schema.ts';

/**
 * Reads a document of this or an older schema.
 *
 * Before an older one is given out a copy is kept as `<path>.schema-<n>`, so that the older hub can be put back.
 *
 * @throws Error with the place of the damage; nothing has been written then.
 */
export async function migrate(text: string, path: string, steps = MIGRATIONS): Promise<StoreDocument> {
  const { from, document } = upgradeDocument(text, path, steps);
  if (from < SCHEMA_VERSION) await copyFile(path, `${path}.schema-${from}`);
  return document;
}

/** The same, in memory only. @throws Error with the place of the damage. */
export function upgradeDocument(
  text: string,
  path: string,
  steps = MIGRATIONS,
): { readonly from: number; readonly document: StoreDocument } {
  let document = parse(text, path);
  const from = versionOf(document, path);
  for (let version = from; version < SCHEMA_VERSION; version++) {
    const step = steps.get(version);
    if (step === undefined)
      throw new Error(`${path}: there is no way from schema ${version} to ${version + 1}`);
    document = step(document);
  }
  const checked = documentSchema.safeParse(document);
  if (checked.success) return { from, document: checked.data as StoreDocument };
  const first = checked.error.issues[0];
  const place = first?.path.join('.').slice(0, 200) || 'document';
  throw new Error(`${path}: ${place}: ${first?.message.slice(0, 500) ?? 'not a store'}`);
}

function parse(text: string, path: string): Record<string, unknown> {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === 'object' && document !== null && !Array.isArray(document)) {
      return document as Record<string, unknown>;
    }
  } catch (error) {
    throw new Error(`${path} is not JSON: ${jsonFault(error)}`);
  }
  throw new Error(`${path} is not a store: an object was expected`);
}

function versionOf(document: Readonly<Record<string, unknown>>, path: string): number {
  const version = document.schema;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) {
    throw new Error(`${path}: schema: a number was expected`);
  }
  if (version > SCHEMA_VERSION) {
    throw new Error(
      `${path} was written by a newer hub (schema ${version}, this one knows ${SCHEMA_VERSION})`,
    );
  }
  return version;
}

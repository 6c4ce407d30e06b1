import { type Adapter, Low } from 'lowdb';
import { Problem } from '../../domain/problem.ts';
import type { Drafts, Store } from '../../domain/store.ts';
import { makeRoomFor, readIfThere, writeAtomically } from './atomic-file.ts';
import { Flusher } from './flusher.ts';
import { jsonPieces } from './json-pieces.ts';
import { holdLock } from './lock.ts';
import { migrate } from './migrate.ts';
import { emptyDocument, SCHEMA_VERSION, type StoreDocument } from './schema.ts';
import { type MemoryTables, makeTables, TABLE_NAMES } from './tables.ts';

/** How long activity may stay in memory only. */
const LAZY_WRITE_MS = 60_000;

export interface JsonStore extends Store {
  /** The whole document in pieces, as it is at this moment whatever changes while they are taken. */
  snapshot(): Iterable<string>;
}

/**
 * Opens the store: one JSON document, kept in memory, written whole and atomically.
 *
 * @param path the document, e.g. `/data/berth.json`; its directory is made if missing.
 * @throws Error when another hub holds it, or when the document is damaged (with the place).
 */
export async function openJsonStore(path: string): Promise<JsonStore> {
  await makeRoomFor(path);
  const lock = await holdLock(`${path}.lock`);
  try {
    const low = new Low<StoreDocument>(atomicAdapter(path), emptyDocument());
    await low.read();
    const tables = makeTables();
    fillTables(tables, low.data);
    return assemble(tables, low, path, lock.release);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function atomicAdapter(path: string): Adapter<StoreDocument> {
  return {
    async read() {
      const text = await readIfThere(path);
      return text === null ? null : await migrate(text, path);
    },
    write: (document) => writeAtomically(path, jsonPieces(document)),
  };
}

function assemble(
  tables: MemoryTables,
  low: Low<StoreDocument>,
  path: string,
  release: () => Promise<void>,
): JsonStore {
  const write = async (): Promise<void> => {
    low.data = toDocument(tables);
    await low.write();
  };
  const explain = (error: unknown): Error =>
    new Problem(
      'STORE-001',
      { path, detail: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  const flusher = new Flusher(write, explain);
  let lazy: NodeJS.Timeout | null = null;

  const writeLazily = (): void => {
    lazy = null;
    // A full disk now is no loss: the figures stay in memory and the next change brings them along.
    flusher.add(() => {}).catch(() => {});
  };

  return {
    ...tables,
    async change(writeRecords) {
      const { result, undo } = apply(tables, writeRecords);
      await flusher.add(undo);
      return result;
    },
    touch(writeRecords) {
      writeRecords(tables);
      if (lazy !== null) return;
      lazy = setTimeout(writeLazily, LAZY_WRITE_MS);
      lazy.unref();
    },
    snapshot: () => jsonPieces(toDocument(tables)),
    async close() {
      if (lazy !== null) clearTimeout(lazy);
      try {
        await flusher.add(() => {});
      } finally {
        await release();
      }
    },
  };
}

/** Runs the writes; what they throw takes back what they had done. */
function apply<T>(
  tables: MemoryTables,
  writeRecords: (drafts: Drafts) => T,
): { result: T; undo: () => void } {
  const steps: (() => void)[] = [];
  const undo = (): void => {
    for (const step of steps.toReversed()) step();
  };
  record(tables, steps);
  try {
    return { result: writeRecords(tables), undo };
  } catch (error) {
    forget(tables);
    undo();
    throw error;
  } finally {
    forget(tables);
  }
}

function record(tables: MemoryTables, steps: (() => void)[]): void {
  const watch = <T>(table: {
    onWrite: (key: string, before: T | undefined) => void;
    put(record: T): void;
    delete(key: string): void;
  }) => {
    table.onWrite = (key, before) => {
      steps.push(() => (before === undefined ? table.delete(key) : table.put(before)));
    };
  };
  watch(tables.users);
  watch(tables.servers);
  watch(tables.sessions);
  watch(tables.tokens);
  watch(tables.clients);
  watch(tables.codes);
  watch(tables.credentials);
  watch(tables.signUps);
  watch(tables.invitations);
  watch(tables.groups);
  watch(tables.services);
  watch(tables.departures);
  watch(tables.announcements);
  watch(tables.scheduleRuns);
  watch(tables.environments);
  watch(tables.shares);
  watch(tables.shareCodes);
  watch(tables.volumeHomes);
}

function forget(tables: MemoryTables): void {
  for (const name of TABLE_NAMES) tables[name].onWrite = () => {};
}

function toDocument(tables: MemoryTables): StoreDocument {
  const lists = Object.fromEntries(TABLE_NAMES.map((name) => [name, [...tables[name].values()]]));
  return { schema: SCHEMA_VERSION, ...lists } as StoreDocument;
}

function fillTables(tables: MemoryTables, document: StoreDocument): void {
  for (const user of document.users) tables.users.put(user);
  for (const server of document.servers) tables.servers.put(server);
  for (const session of document.sessions) tables.sessions.put(session);
  for (const token of document.tokens) tables.tokens.put(token);
  for (const client of document.clients) tables.clients.put(client);
  for (const code of document.codes) tables.codes.put(code);
  for (const credential of document.credentials) tables.credentials.put(credential);
  for (const signUp of document.signUps) tables.signUps.put(signUp);
  for (const invitation of document.invitations) tables.invitations.put(invitation);
  for (const group of document.groups) tables.groups.put(group);
  for (const service of document.services) tables.services.put(service);
  for (const departure of document.departures) tables.departures.put(departure);
  for (const announcement of document.announcements) tables.announcements.put(announcement);
  for (const run of document.scheduleRuns) tables.scheduleRuns.put(run);
  for (const environment of document.environments) tables.environments.put(environment);
  for (const share of document.shares) tables.shares.put(share);
  for (const code of document.shareCodes) tables.shareCodes.put(code);
  for (const home of document.volumeHomes) tables.volumeHomes.put(home);
}

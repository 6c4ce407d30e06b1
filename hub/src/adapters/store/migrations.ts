/** Step `n` turns a document of schema `n` into one of schema `n + 1`. */
export type Migration = (old: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** Schema 2: sessions remember what the provider gave; passwords may have a second step; people ask for accounts. */
const SESSION_OF_2 = { authState: null, providerSession: null };
const CREDENTIAL_OF_2 = { secondFactor: null };

/** Servers remember what the machine set aside for them. */
const SERVER_OF_2 = { grant: null };

/** Schema 3: owners keep servers from the culler, which tells a person from an open page; schedules start servers. */
const SERVER_OF_3 = { keepUntil: null, lastPersonal: null, schedule: null };

/** Schema 4: owners share their servers, and a server may be a web application. */
const SERVER_OF_4 = { web: null };

/** Schema 5: of many machines one holds a volume, and a server may have been moved to another. */
const SERVER_OF_5 = { moved: null };

export const MIGRATIONS: ReadonlyMap<number, Migration> = new Map<number, Migration>([
  [
    1,
    (old) => ({
      ...old,
      schema: 2,
      servers: withDefaults(old.servers, SERVER_OF_2),
      sessions: withDefaults(old.sessions, SESSION_OF_2),
      credentials: withDefaults(old.credentials, CREDENTIAL_OF_2),
      signUps: [],
      departures: [],
    }),
  ],
  [
    2,
    (old) => ({
      ...old,
      schema: 3,
      announcements: [],
      servers: withDefaults(old.servers, SERVER_OF_3),
      environments: [],
      scheduleRuns: [],
    }),
  ],
  [
    3,
    (old) => ({
      ...old,
      schema: 4,
      servers: withDefaults(old.servers, SERVER_OF_4),
      shares: [],
      shareCodes: [],
    }),
  ],
  [4, (old) => ({ ...old, schema: 5, servers: withDefaults(old.servers, SERVER_OF_5), volumeHomes: [] })],
]);

/** Gives each record of a table the fields that it lacks. What is no table is left for the check that follows. */
function withDefaults(table: unknown, defaults: Readonly<Record<string, unknown>>): unknown {
  if (!Array.isArray(table)) return table;
  return table.map((record: unknown) =>
    typeof record === 'object' && record !== null ? { ...defaults, ...record } : record,
  );
}

// `berth archive …`: what the scripts of `berth backup`, `restore` and `upgrade` run in a container of their own,
// where the project's folder and the volumes are mounted. People use those commands instead.
import { parseArgs } from 'node:util';
import { ArchiveFault } from './adapters/archive/archive-fault.ts';
import { checkArchive } from './adapters/archive/check-archive.ts';
import type { Manifest } from './adapters/archive/manifest.ts';
import { restoreBackup } from './adapters/archive/restore-backup.ts';
import { writeBackup } from './adapters/archive/write-backup.ts';
import { SCHEMA_VERSION } from './adapters/store/schema.ts';
import { tryMigration, volumesOf } from './adapters/store/try-migration.ts';
import { productVersion } from './adapters/system/product-version.ts';
import { table } from './cli/table.ts';

const EXIT = { failed: 1, usage: 2 } as const;

const { values, positionals } = parseArgs({
  args: process.argv.slice(3),
  allowPositionals: true,
  options: {
    project: { type: 'string' },
    data: { type: 'string' },
    /** `write`: NAME[:USER], mounted at /volumes/<n>. `restore`: <n>. */
    volume: { type: 'string', multiple: true, default: [] },
    owner: { type: 'string', default: '0:0' },
    instance: { type: 'string', default: 'berth' },
    suffix: { type: 'string', default: 'earlier' },
    json: { type: 'boolean', default: false },
  },
});
const [verb, file = ''] = positionals;

try {
  await run();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  const what = verb === 'write' ? 'No archive can be made' : 'The archive cannot be used';
  console.error(error instanceof ArchiveFault ? `${what}: ${reason}.` : reason);
  process.exitCode = EXIT.failed;
}

async function run(): Promise<void> {
  switch (verb) {
    case 'write':
      return await write();
    case 'check':
      return show(await checked(file));
    case 'volumes':
      for (const [name, user] of await volumesOf(file)) console.log(`${name}\t${user}`);
      return;
    case 'schema':
      console.log(JSON.stringify(await tryMigration(file)));
      return;
    case 'restore':
      return await restore();
    default:
      console.error('archive write | check FILE | restore FILE | volumes STORE | schema STORE');
      process.exitCode = EXIT.usage;
  }
}

async function write(): Promise<void> {
  const { bytes } = await writeBackup(
    {
      project: values.project ?? '/srv/berth',
      data: values.data ?? '/data',
      store: process.stdin as AsyncIterable<Buffer>,
      volumes: values.volume.map((word, index) => {
        const [name = '', user] = word.split(':', 2);
        return { name, user: user ?? null, folder: `/volumes/${index}` };
      }),
      hub: productVersion(),
      instance: values.instance,
      now: new Date(),
    },
    process.stdout,
  );
  console.error(`${values.volume.length} volumes, ${megabytes(bytes)} MB before packing`);
}

/** @throws ArchiveFault, also when a newer hub wrote the store. */
async function checked(path: string): Promise<Manifest> {
  const manifest = await checkArchive(path);
  if (manifest.schema <= SCHEMA_VERSION) return manifest;
  throw new ArchiveFault(
    `its store was written by a newer hub (schema ${manifest.schema}, this one knows ${SCHEMA_VERSION})`,
  );
}

async function restore(): Promise<void> {
  const manifest = await checked(file);
  const [uid = 0, gid = 0] = values.owner.split(':').map(Number);
  const wanted = new Set(values.volume.map(Number));
  await restoreBackup(
    file,
    {
      config: values.project ?? null,
      data: values.data ?? null,
      volume: (index) => (wanted.has(index) && index < manifest.volumes.length ? `/volumes/${index}` : null),
      owner: { uid, gid },
    },
    values.suffix,
  );
}

function show({ entries, volumes, dataRemarks, ...about }: Manifest): void {
  const bytes = entries.reduce((sum, { size }) => sum + size, 0);
  if (values.json) {
    const config = entries.filter(({ name }) => name.startsWith('config/')).map(({ name }) => name.slice(7));
    console.log(JSON.stringify({ ...about, bytes, entries: entries.length, config, volumes }, null, 2));
    return;
  }
  const rows = [
    ['made', about.made],
    ['hub', `${about.hub}, schema ${about.schema}, instance ${about.instance}`],
    ['entries', `${entries.length}, ${megabytes(bytes)} MB, all checksums right`],
    ...volumes.map(({ name, user, remarks }) => [
      'volume',
      `${name}${user === null ? '' : ` of ${user}`}${remarks.length === 0 ? '' : ` (${remarks.length} files changed while they were read)`}`,
    ]),
  ];
  console.log(table(['WHAT', 'IN THE ARCHIVE'], rows));
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { must } from '../prove/shell.ts';
import { AWAY, type Fault, WELL } from './fault.ts';
import type { FaultsLab } from './faults-lab.ts';

/** Bytes a second that the slow disk takes from the hub. */
const SLOW = 20_000;

const UNTOUCHED = { 'sign-in page': WELL, 'home page': WELL, notebook: WELL } as const;

export const OF_DISKS: readonly Fault[] = [
  {
    name: 'data disk full',
    what: 'the disk of the hub’s store has no byte left',
    seconds: 12,
    takes: 'data',
    mended: 'the administrator makes room',
    within: 30,
    expects: {
      doors: UNTOUCHED,
      words: /store|saved|disk|space/i,
      newcomer: /^(?:sign in|press Start|open the notebook|wait for the start) (?:50\d|late)/,
      script: /^50\d$/,
      sockets: 'kept',
    },
    inject: async (lab) => {
      await lab.dataDisk.fill();
      return () => lab.dataDisk.free();
    },
  },
  {
    name: 'engine’s disk full',
    what: 'the disk of images, containers and people’s volumes has no byte left',
    seconds: 12,
    takes: 'engine',
    mended: 'the administrator makes room',
    within: 60,
    expects: {
      doors: UNTOUCHED,
      words: /space|disk|room/i,
      newcomer: /^wait for the start 500/,
      script: /^201$/,
      sockets: 'kept',
    },
    inject: async (lab) => {
      await lab.engineDisk.fill();
      return () => lab.engineDisk.free();
    },
  },
  {
    name: 'slow disk',
    what: `the kernel lets the hub write ${SLOW / 1000} KB a second to the disk of its store (blkio of cgroup v1)`,
    seconds: 15,
    takes: 'data',
    mended: 'by itself, when the disk is quick again',
    within: 60,
    expects: { doors: UNTOUCHED, script: /^(?:201|late|50\d)$/, sockets: 'kept' },
    inject: async (lab) => {
      const file = `/sys/fs/cgroup/blkio/docker/${await lab.stack.container('hub')}/blkio.throttle.write_bps_device`;
      await writeFile(file, `${lab.dataDisk.number} ${SLOW}`);
      return () => writeFile(file, `${lab.dataDisk.number} 0`);
    },
  },
  {
    name: 'store damaged',
    what: 'the hub is killed and its store comes back with a hole of zeroes in the middle, as from a dying disk',
    seconds: 10,
    takes: 'data',
    mended: 'the administrator puts a copy back; here one of the moment before',
    within: 90,
    expects: {
      doors: { 'sign-in page': AWAY, 'home page': AWAY, notebook: WELL },
      newcomer: /^(?:open the sign-in page|sign in|home page|press Start|wait for the start) /,
      script: AWAY,
      sockets: 'kept',
    },
    inject: damageStore,
  },
];

/** The hub must not begin anew with an empty store: it stays away and says why, until the copy is back. */
async function damageStore(lab: FaultsLab): Promise<() => Promise<void>> {
  const store = join(lab.dataFolder, 'berth.json');
  const copy = join(lab.stack.directory, 'store-before');
  await lab.stack.compose('kill', 'hub');
  await copyFile(store, copy);
  const bytes = await readFile(store);
  bytes.fill(0, bytes.length >> 2, bytes.length >> 1);
  await writeFile(store, bytes);
  const damaged = await readFile(store);
  await lab.stack.compose('start', 'hub');
  return async () => {
    try {
      await saysWhichFile(lab);
      if (!(await readFile(store)).equals(damaged)) throw new Error('the hub wrote over the damaged store');
    } finally {
      await putBack();
    }
  };
  async function putBack(): Promise<void> {
    await lab.stack.compose('kill', 'hub').catch(() => '');
    await must('/', ['sh', '-c', `cat '${copy}' > '${store}'`]);
    await lab.stack.compose('up', '-d', '--no-build', 'hub');
  }
}

/** It may not have come as far yet: on a busy machine a hub takes seconds to begin. */
async function saysWhichFile({ stack }: FaultsLab): Promise<void> {
  let log = '';
  for (let looks = 0; looks < 20; looks += 1) {
    log = await stack.compose('logs', '--no-color', '--tail=40', 'hub');
    if (/berth\.json is not/.test(log)) return;
    await sleep(2_000);
  }
  throw new Error(`the hub does not say which file is damaged:\n${log}`);
}

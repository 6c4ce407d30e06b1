import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { must, shell } from '../prove/shell.ts';

/** A disk of its own in a file, mounted: it can be filled and slowed down without harm to anybody else's. Takes root. */
export interface SmallDisk {
  readonly folder: string;
  /** Its number, as the kernel's limits name it: `7:3`. */
  readonly number: string;
  /** Writes until nothing more fits. */
  fill(): Promise<void>;
  free(): Promise<void>;
  remove(): Promise<void>;
}

export async function makeDisk(megabytes: number): Promise<SmallDisk> {
  const home = await mkdtemp('/var/tmp/berth-load-disk-');
  const [file, folder] = [join(home, 'disk'), join(home, 'mounted')];
  await mkdir(folder);
  await must('/', ['truncate', '-s', `${megabytes}M`, file]);
  await must('/', ['mkfs.ext4', '-q', '-m', '0', file]);
  const device = await must('/', ['losetup', '--find', '--show', file]);
  await must('/', ['mount', device, folder]);
  const filler = join(folder, 'filler');
  return {
    folder,
    number: await must('/', ['lsblk', '-ndo', 'MAJ:MIN', device]).then((text) => text.trim()),
    async fill() {
      // The bulk at once; then until "no space left on device", which is what is wanted, the last kilobytes in small pieces.
      const free = await must('/', ['df', '--output=avail', '-B1', folder]);
      const bulk = Math.max(0, Number(free.split('\n').at(-1)) - 2 ** 21);
      if (bulk > 0) await must('/', ['fallocate', '-l', String(bulk), `${filler}-bulk`]);
      for (const block of ['1M', '4k']) {
        await shell('/', ['dd', 'if=/dev/zero', `of=${filler}-${block}`, `bs=${block}`], { seconds: 120 });
      }
    },
    async free() {
      await shell('/', ['sh', '-c', `rm -f '${filler}'-*`]);
    },
    async remove() {
      await shell('/', ['umount', '-l', folder]);
      await shell('/', ['losetup', '-d', device]);
      await rm(home, { recursive: true, force: true });
    },
  };
}

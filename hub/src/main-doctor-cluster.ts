import type { Containers } from './domain/containers.ts';
import { type Finding, fail, fine, warn } from './domain/probe.ts';
import type { ComposedHub } from './main-hub.ts';
import type { MachineDesk } from './usecases/machine-desk.ts';

/** Whether each machine answers, and whose files lie on one that does not. */
export async function machinesFinding(
  desk: MachineDesk | undefined,
  containers: Pick<Containers, 'machines'>,
): Promise<Finding> {
  if (desk === undefined) return fine('Servers run on this machine alone.');
  // The desk tells what was seen last: so it is looked at now.
  await containers.machines();
  const rows = desk.list();
  const lost = rows.filter(({ state }) => state === 'away' || state === 'gone');
  if (lost.length === 0) return fine(`${rows.length} of ${rows.length}.`);
  const volumes = lost.reduce((sum, row) => sum + row.volumes, 0);
  const says = `Away: ${lost.map(({ name }) => name).join(', ')}. ${volumes} volumes lie there.`;
  const next = 'Bring them back, or say on the page “Machines” where the files are now.';
  return volumes > 0 ? fail(says, next) : warn(says, 'See their engines, and `docker node ls`.');
}

/** Which machine has which image is told when it was fetched to all of them. */
export async function spreadFinding({ hub }: ComposedHub): Promise<Finding> {
  const rows = await hub.storage.images.list();
  const failed = rows.filter(({ machines }) => machines?.some(({ state }) => state === 'failed') === true);
  if (failed.length > 0) {
    const says = `Not on every machine: ${failed.map(({ image }) => image).join(', ')}.`;
    return warn(says, 'The page “Images” has each machine’s own words.');
  }
  const asked = rows.filter(({ machines }) => (machines?.length ?? 0) > 0).length;
  return fine(
    `${asked} of ${rows.length} were fetched to all machines; others are fetched at the first start.`,
  );
}

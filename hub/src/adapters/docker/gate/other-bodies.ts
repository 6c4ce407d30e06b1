import { z } from 'zod';
import { LABEL } from '../../../domain/container-spec.ts';
import { SHARED_LABEL } from '../../../domain/whose-volume.ts';
import { BLOCK, fileArchive } from '../tar-headers.ts';
import { ENVIRONMENT_HUB, kindOf } from './belongings.ts';
import { shaped } from './container-body.ts';
import { ownLabels } from './container-shapes.ts';
import type { GatePolicy } from './policy.ts';
import { forbid } from './refused.ts';

const amount = z.number().nonnegative();
const limits = z.strictObject({
  Memory: amount.optional(),
  MemorySwap: amount.optional(),
  CpuPeriod: amount.optional(),
  CpuQuota: amount.optional(),
});

/** New limits of a running container: memory and processor time, nothing else. @throws Refused 403 */
export function readLimits(given: unknown): string {
  return JSON.stringify(shaped(limits, given));
}

const network = z.strictObject({
  Name: z.string(),
  CheckDuplicate: z.boolean().optional(),
  Driver: z.literal('bridge'),
  Labels: ownLabels,
});

/** The notebooks' network, and no other. @throws Refused 403 */
export function readNetwork(given: unknown, policy: GatePolicy): string {
  const read = shaped(network, given);
  if (read.Name !== policy.network || read.Labels[LABEL.hub] !== policy.instance)
    forbid(`only the network ${policy.network} can be made, with this hub's label`);
  return JSON.stringify(read);
}

const volume = z.strictObject({
  Name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/),
  Labels: ownLabels,
  DriverOpts: z.strictObject({ size: z.string().regex(/^\d{1,16}$/) }).optional(),
});

/** A person's volume, a share, or one to try something with: it says whose it is, and is of the engine's own kind. @throws Refused 403 */
export function readVolume(
  given: unknown,
  policy: GatePolicy,
): { readonly name: string; readonly body: string } {
  const read = shaped(volume, given);
  const { Labels: labels, Name: name } = read;
  const kind = kindOf(labels, policy.instance);
  const isOurs =
    kind === 'server' ? (labels[LABEL.user] ?? labels[SHARED_LABEL]) !== undefined : kind !== null;
  if (!isOurs) forbid(`the volume ${name} would not be this hub's`);
  return { name, body: JSON.stringify(read) };
}

const FILES = ['config.json', 'manifest.json'];
const manifest = z.tuple([
  z.strictObject({
    Config: z.literal('config.json'),
    RepoTags: z.tuple([z.string().regex(/^berth-environment:[0-9a-f]{1,64}$/)]),
    Layers: z.array(z.string().regex(/^\d{1,4}\/layer\.tar$/)).max(200),
  }),
]);
const document = z.looseObject({
  config: z.looseObject({ Labels: z.looseObject({ [ENVIRONMENT_HUB]: z.string() }) }),
});

/**
 * The archive with which a saved environment becomes an image: two small files, without a layer, under a name that no
 * other image has. It is written anew from what was read.
 *
 * @throws Refused 403
 */
export function readImageArchive(archive: Buffer, policy: GatePolicy): Buffer {
  const files = filesOf(archive);
  const list = shaped(manifest, jsonOf(files.get('manifest.json')));
  const config = shaped(document, jsonOf(files.get('config.json')));
  if (config.config.Labels[ENVIRONMENT_HUB] !== policy.instance) forbid('the image would not be this hub’s');
  return fileArchive({ 'config.json': JSON.stringify(config), 'manifest.json': JSON.stringify(list) });
}

function filesOf(archive: Buffer): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  let at = 0;
  while (at + BLOCK <= archive.length && archive[at] !== 0) {
    const header = archive.subarray(at, at + BLOCK);
    const name = header.toString('latin1', 0, 100).replace(/\0.*$/s, '');
    const length = Number.parseInt(header.toString('latin1', 124, 136), 8);
    const isFile = header.toString('latin1', 156, 157) === '0';
    if (
      !FILES.includes(name) ||
      files.has(name) ||
      !isFile ||
      !(length >= 0) ||
      at + BLOCK + length > archive.length
    )
      forbid('an image has two files here, config.json and manifest.json');
    files.set(name, archive.toString('utf8', at + BLOCK, at + BLOCK + length));
    at += BLOCK + Math.ceil(length / BLOCK) * BLOCK;
  }
  return files;
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

import { z } from 'zod';
import { LABEL } from '../../../domain/container-spec.ts';
import { KEEPER_LABEL } from '../keeper.ts';
import type { Belongings } from './belongings.ts';
import { readContainerBody } from './container-body.ts';
import { IMAGE_NAME } from './needed-calls.ts';
import { readImageArchive, readLimits, readNetwork, readVolume } from './other-bodies.ts';
import type { GatePolicy } from './policy.ts';
import type { Call } from './read-call.ts';
import { forbid, Refused } from './refused.ts';

/** What goes to the engine in a call's place. */
export interface Admitted {
  readonly path: string;
  /** What is sent, made anew; `pass`: an archive for a volume goes on as it comes. */
  readonly body: string | Buffer | 'pass' | null;
  /** A list of containers tells of others only what they are called and which volumes they hold. */
  readonly reduced: boolean;
}

/**
 * A call that may pass, made anew from what was read of it.
 *
 * @param read reads the request's whole body, when a rule asks for it.
 * @throws Refused
 */
export async function admit(
  call: Call,
  read: () => Promise<Buffer>,
  policy: GatePolicy,
  belongings: Belongings,
): Promise<Admitted> {
  const { needed } = call;
  const name = await subjectOf(call, policy, belongings);
  const reduced = Object.hasOwn(needed.query, 'filters')
    ? await checkFilters(call, policy, belongings)
    : false;
  const query = new URLSearchParams([...call.query]).toString();
  const path = `${needed.path.replace('{name}', () => name)}${query === '' ? '' : `?${query}`}`;
  return { path, body: await bodyOf(call, read, policy, belongings), reduced };
}

/** Name or id to put into the path. */
async function subjectOf(call: Call, policy: GatePolicy, belongings: Belongings): Promise<string> {
  const { needed, name, query } = call;
  const { about, by } = needed;
  if (Array.isArray(about)) {
    // `commit` says it in its query.
    const asked = name === '' ? (query.get('container') ?? '') : name;
    if (asked === '') forbid('of which container?');
    const found = await belongings.container(asked, policy);
    if (found === null) throw new Refused(404, `No such container: ${asked}`);
    if (found.kind !== null && about.includes(found.kind)) return found.id;
    // The hub looks whose a name is that it cannot have. That it is nobody's of this hub is all that it needs.
    if (by === 'Container.inspect') throw new Refused(404, `No such container of this hub: ${asked}`);
    return forbid(`the container ${asked} is not this hub's`);
  }
  if (about === 'volume' && !(await belongings.mayReach(name, policy))) {
    if (by === 'Volume.inspect') throw new Refused(404, `No such volume of this hub: ${name}`);
    return forbid(`the volume ${name} is not this hub's`);
  }
  if (about === 'network' && name !== policy.network)
    return forbid(`the network ${name} is not the notebooks'`);
  if (by === 'Image.remove' && (await belongings.isOurImage(name, policy)) === false)
    return forbid(`the image ${name} is not this hub's`);
  if (by === 'Image.distribution' && !policy.allowsImage(name))
    return forbid(`the image ${name} is not in the configuration`);
  if (by === 'Docker.pull') checkPull(query.get('fromImage') ?? '', query.get('tag') ?? '', policy);
  return name;
}

/** A download's image as a configuration may write it: `latest` goes without saying, a digest follows an @. */
function checkPull(name: string, tag: string, policy: GatePolicy): void {
  if (name === '' || tag === '') forbid('a download names one image and one tag');
  const ways = tag.startsWith('sha256:')
    ? [`${name}@${tag}`]
    : [`${name}:${tag}`, ...(tag === 'latest' ? [name] : [])];
  if (!ways.some((way) => policy.allowsImage(way)))
    forbid(`the image ${name}:${tag} is not in the configuration`);
}

const filters = z.strictObject({
  type: z.tuple([z.literal('container')]).optional(),
  event: z.array(z.string()).optional(),
  label: z.array(z.string()).optional(),
  container: z.tuple([z.string()]).optional(),
});

/** Whether the answer has to be reduced: events tell of this hub's containers only, the list of others next to nothing. */
async function checkFilters(
  { needed, query }: Call,
  policy: GatePolicy,
  belongings: Belongings,
): Promise<boolean> {
  const read = filters.safeParse(jsonOf(query.get('filters') ?? '{}'));
  if (!read.success) return forbid('filters: not as the hub writes them');
  const { label = [], container: [id] = [] } = read.data;
  const ours = [`${LABEL.hub}=${policy.instance}`, `${KEEPER_LABEL}=${policy.instance}`];
  if (label.some((one) => ours.includes(one))) return false;
  if (needed.by === 'Docker.listContainers') return true;
  const owned = id === undefined ? null : await belongings.container(id, policy);
  if (owned !== null && owned.kind !== null) return false;
  return forbid(`filters: only what has the label ${ours[0]}`);
}

async function bodyOf(
  { needed, query }: Call,
  read: () => Promise<Buffer>,
  policy: GatePolicy,
  belongings: Belongings,
): Promise<Admitted['body']> {
  if (needed.body === 'none') return null;
  if (needed.body === 'archive') return 'pass';
  const bytes = await read();
  if (needed.body === 'image') return readImageArchive(bytes, policy);
  const given = jsonOf(bytes.toString('utf8'));
  if (given === undefined) throw new Refused(400, 'the body is no JSON');
  if (needed.body === 'limits') return readLimits(given);
  if (needed.body === 'network') return readNetwork(given, policy);
  if (needed.body === 'volume') return newVolume(given, policy, belongings);
  const { body, image, volumes, shares } = readContainerBody(given, policy);
  if (image !== null && !policy.allowsImage(image) && !(await isOurs(image, policy, belongings)))
    forbid(`the image ${image} is not in the configuration`);
  for (const name of volumes) {
    if (!(await belongings.mayReach(name, policy))) forbid(`the volume ${name} is not this hub's`);
  }
  if (shares !== null && (await belongings.container(shares, policy))?.kind !== 'server')
    forbid(`HostConfig.NetworkMode: ${shares} is no server of this hub's`);
  if ((image !== null || shares !== null) && !query.has('name')) forbid('a server has a name');
  return body;
}

/** One that is there already is given back as it is, so it has to be ours. */
async function newVolume(given: unknown, policy: GatePolicy, belongings: Belongings): Promise<string> {
  const { name, body } = readVolume(given, policy);
  if ((await belongings.isThere(name)) && !(await belongings.mayReach(name, policy)))
    forbid(`the volume ${name} is not this hub's`);
  return body;
}

async function isOurs(image: string, policy: GatePolicy, belongings: Belongings): Promise<boolean> {
  return IMAGE_NAME.test(image) && (await belongings.isOurImage(image, policy)) === true;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

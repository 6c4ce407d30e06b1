import { z } from 'zod';
import { LABEL } from '../../../domain/container-spec.ts';
import { FORWARDER_LABEL } from '../../../domain/port-forwarder.ts';
import { SHARED_LABEL } from '../../../domain/whose-volume.ts';
import { KEEPER_LABEL } from '../keeper.ts';
import type { EngineDoor } from './engine-door.ts';
import type { Kind } from './needed-calls.ts';
import type { GatePolicy } from './policy.ts';

export type Labels = Readonly<Record<string, string>>;

const labels = z.record(z.string(), z.string()).nullish();
const container = z.looseObject({
  Id: z.string().regex(/^[0-9a-f]{64}$/),
  Config: z.looseObject({ Labels: labels }),
});
const volume = z.looseObject({ Labels: labels });
const image = z.looseObject({ Config: z.looseObject({ Labels: labels }).nullish() });

/** Compose's own volumes: the hub's data, the proxy's table, certificates. */
const OF_COMPOSE = 'com.docker.compose.project';
/** Of a saved environment's image: whose hub made it. */
export const ENVIRONMENT_HUB = 'org.berth.environment.hub';
/** More ids than an engine ever holds; then they are asked about anew. */
const MOST_KNOWN = 10_000;

/** What a container of this hub is, or null when it is another's. */
export function kindOf(given: Labels, instance: string): Kind | null {
  if (given[LABEL.hub] === instance) return given[FORWARDER_LABEL.of] === undefined ? 'server' : 'forwarder';
  if (given[LABEL.hub] === `${instance}:trial`) return 'trial';
  return given[KEEPER_LABEL] === instance ? 'keeper' : null;
}

/** Tells what on the engine belongs to this hub: by label, never by name. */
export class Belongings {
  readonly #door: EngineDoor;
  /** A container's labels never change, and an id is never used again. */
  readonly #kinds = new Map<string, Kind>();

  constructor(door: EngineDoor) {
    this.#door = door;
  }

  /** A container by id or name: `kind` is null for another's; null when there is none. */
  async container(
    name: string,
    { instance }: GatePolicy,
  ): Promise<{ readonly id: string; readonly kind: Kind | null } | null> {
    const known = this.#kinds.get(name);
    if (known !== undefined) return { id: name, kind: known };
    const found = await this.#door.ask(`/containers/${name}/json`, container);
    if (found === null) return null;
    const kind = kindOf(found.Config.Labels ?? {}, instance);
    if (this.#kinds.size >= MOST_KNOWN) this.#kinds.clear();
    if (kind !== null) this.#kinds.set(found.Id, kind);
    return { id: found.Id, kind };
  }

  /**
   * Whether a server may have a volume: one that is there and labelled as this hub's person's, share or trial, or one
   * with a name of the configuration, new or from a JupyterHub that knew no labels. Never another hub's, never
   * Compose's, and not the hub's own data, which is labelled for the hub alone.
   */
  async mayReach(name: string, policy: GatePolicy): Promise<boolean> {
    const found = await this.#door.ask(`/volumes/${name}`, volume);
    const given = found?.Labels ?? {};
    const hub = given[LABEL.hub];
    if (given[OF_COMPOSE] !== undefined) return false;
    if (kindOf(given, policy.instance) === 'keeper' || hub === `${policy.instance}:trial`) return true;
    if (hub !== undefined && hub !== policy.instance) return false;
    const ours = hub !== undefined && (given[LABEL.user] ?? given[SHARED_LABEL]) !== undefined;
    return ours || (hub === undefined && policy.namesVolume(name));
  }

  async isThere(name: string): Promise<boolean> {
    return (await this.#door.ask(`/volumes/${name}`, volume)) !== null;
  }

  /** Whether an image was made here from one of this hub's containers: saved, or on the way to it. Null: it is not there. */
  async isOurImage(name: string, { instance }: GatePolicy): Promise<boolean | null> {
    const found = await this.#door.ask(`/images/${name}/json`, image);
    if (found === null) return null;
    const given = found.Config?.Labels ?? {};
    // What `commit` makes has the container's labels, and no name yet.
    return given[ENVIRONMENT_HUB] === instance || kindOf(given, instance) === 'server';
  }
}

import { familyOf } from '../class-tree.ts';
import type { Assigned } from '../python/python-configuration.ts';
import { isDict } from '../python/value.ts';
import type { Step } from './outcome.ts';
import { placeService } from './place-service.ts';
import { complaintAbout, pathOf } from './place-trait.ts';

type Of = { readonly line: number; readonly name: string };
type Special = (
  of: Of,
  value: Assigned['found']['value'],
  whole: readonly Assigned[],
) => readonly Step[] | null;

/** Traits that are no setting by themselves, and come to one or several; null for all others. */
export function placeSpecial(assigned: Assigned, whole: readonly Assigned[]): readonly Step[] | null {
  const { trait, line, found } = assigned;
  const [owner = '', name = ''] = trait.split('.');
  const special = SPECIAL.get(`${familyOf(owner)}.${name}`) ?? SPECIAL.get(trait);
  if (special === undefined || found.mentions.some(({ hasDefault }) => !hasDefault)) return null;
  return special({ line, name: trait }, found.value, whole);
}

/** A setting's place with a value, or why it cannot have it. */
function put(of: Of, setting: string, value: unknown): Step {
  const complaint = complaintAbout(setting, value);
  return complaint === null
    ? { kind: 'placed', ...of, path: pathOf(setting), value }
    : { kind: 'left', ...of, reason: complaint };
}

/** `{'jupyterhub-user-{username}': '/home/jovyan/work'}`: the person's own volume and where it is. */
const volumes: Special = (of, value) => {
  if (!isDict(value) || complaintAbout('volumeTemplate', value) === null) return null;
  const steps: Step[] = [];
  let home = false;
  for (const [source, target] of Object.entries(value)) {
    const path = isDict(target) ? target.bind : target;
    const own = !source.startsWith('/') && source.includes('{username}') && !home;
    if (own && typeof path === 'string') {
      home = true;
      steps.push(put(of, 'volumeTemplate', source), put(of, 'volumeDir', path));
    } else {
      const reason =
        'has further volumes or folders: give them to a profile (docs/how-to/profiles-and-room.md)';
      steps.push({ kind: 'left', ...of, reason });
    }
  }
  return steps;
};

/** What goes straight to the engine: a few words of it are settings. */
const hostConfig: Special = (of, value) =>
  !isDict(value)
    ? null
    : Object.entries(value).map(([key, each]): Step => {
        const its = { ...of, name: `${of.name}.${key}` };
        const setting = { shm_size: 'shmSize', pids_limit: 'pids', mem_limit: 'memory' }[key];
        if (setting !== undefined) return put(its, setting, each);
        const reason = HOST_WORDS.get(key);
        return reason === undefined
          ? { kind: 'left', ...its, reason: 'goes straight to the engine, which no setting here does' }
          : { kind: 'meaningless', ...its, reason };
      });

const HOST_WORDS: ReadonlyMap<string, string> = new Map([
  ['network_mode', 'has no effect: servers are on the network of DOCKER_NETWORK_NAME'],
  ['restart_policy', 'has no effect: a server that ends is started again by its owner'],
  ['auto_remove', 'has no effect: a stopped container is removed once its last words are kept'],
]);

const createKwargs: Special = (of, value) =>
  !isDict(value)
    ? null
    : Object.entries(value).map(([key, each]): Step => {
        const its = { ...of, name: `${of.name}.${key}` };
        if (key === 'command') return put(its, 'spawnCommand', each);
        return { kind: 'left', ...its, reason: 'goes straight to the engine, which no setting here does' };
      });

/** A list of services: the culler is part of this hub, others run by themselves. */
const services: Special = (of, value) =>
  Array.isArray(value) ? value.flatMap((service) => placeService(of, service)) : null;

const SPECIAL: ReadonlyMap<string, Special> = new Map([
  ['Spawner.volumes', volumes],
  ['Spawner.extra_host_config', hostConfig],
  ['Spawner.extra_create_kwargs', createKwargs],
  ['JupyterHub.services', services],
  [
    'JupyterHub.allow_named_servers',
    (of, value, whole) => {
      const limit = whole.some(({ trait }) => trait === 'JupyterHub.named_server_limit_per_user');
      if (value !== true)
        return [{ kind: 'meaningless', ...of, reason: 'has no effect: there are none unless told' }];
      // Allowed without a limit is any number.
      return limit
        ? [{ kind: 'meaningless', ...of, reason: 'has no effect: named_server_limit_per_user says it' }]
        : [put(of, 'namedServers', 0)];
    },
  ],
]);

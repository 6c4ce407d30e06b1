import type { FormerHub, LookAround, OtherContainer } from '../domain/former-hub.ts';
import type { ImportRow } from '../domain/import-row.ts';
import { newServer, type Server, serverKey } from '../domain/server.ts';
import { containerName, escapeUnderscore, volumeCandidates } from '../domain/slug.ts';
import type { Store } from '../domain/store.ts';
import { normalizeUsername, type User } from '../domain/user.ts';
import { keptVolume } from './kept-volume.ts';

interface Found {
  readonly former: FormerHub;
  readonly people: readonly User[];
  readonly around: Awaited<ReturnType<LookAround>>;
}

/**
 * Where people's files are on this engine: volumes that a start will find by their names, and volumes that only a
 * former container shows. The latter are remembered in the record of the person's server, so that a start takes them.
 * Containers of another hub are told of and left alone; one whose name a server here will need is in the way.
 */
export function findFormerFiles(
  { store, volumeTemplate }: { readonly store: Store; readonly volumeTemplate: string },
  { former, people, around }: Found,
): { readonly rows: readonly ImportRow[]; readonly remembered: readonly Server[] } {
  const rows: ImportRow[] = [];
  const remembered: Server[] = [];
  const taken = new Set([
    ...[...store.servers.values()].flatMap(({ volumeName }) => volumeName ?? []),
    ...[...store.departures.values()].flatMap(({ volumes }) => volumes),
  ]);
  for (const { name: user } of people) {
    const containers = containersOf(user, former, around.containers);
    const candidates = volumeCandidates(volumeTemplate, user);
    const found = candidates.find((volume) => around.volumes.has(volume) && !taken.has(volume));
    const shown = containers.flatMap(({ volumes }) => (volumes.length === 1 ? volumes : []))[0];
    const own = keptVolume(store, user);
    if (own !== null) rows.push({ kind: 'volume', name: own, what: 'there', detail: `of ${user}` });
    else if (shown !== undefined && shown !== found && !taken.has(shown)) {
      taken.add(shown);
      remembered.push({ ...(store.servers.get(serverKey(user, '')) ?? newServer(user)), volumeName: shown });
      const detail = `of ${user}, as the container of the former hub shows: servers will have it`;
      rows.push({ kind: 'volume', name: shown, what: 'found', detail });
    } else if (found !== undefined) {
      rows.push({ kind: 'volume', name: found, what: 'found', detail: `of ${user}: servers will have it` });
    }
    for (const { name, running, image } of containers) {
      const state = running ? 'runs' : 'is stopped';
      const inTheWay = name === containerName(user, '');
      const detail = `of ${user}, ${image}, ${state}: stop the former hub, then docker rm --force ${name}`;
      rows.push({ kind: 'container', name, what: inTheWay ? 'in the way' : 'left out', detail });
    }
  }
  return { rows, remembered };
}

/** By the name that the former hub noted, or by DockerSpawner's ways of writing one. */
function containersOf(
  user: string,
  { servers }: FormerHub,
  containers: readonly OtherContainer[],
): readonly OtherContainer[] {
  const noted = servers.filter((server) => normalizeUsername(server.user) === user);
  const names = new Set([
    ...noted.flatMap(({ container }) => container ?? []),
    ...['', ...noted.map(({ name }) => name)].map((name) => containerName(user, name)),
    `jupyter-${escapeUnderscore(user)}`,
  ]);
  return containers.filter(({ name }) => names.has(name));
}

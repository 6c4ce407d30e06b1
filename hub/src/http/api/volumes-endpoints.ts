import { Readable } from 'node:stream';
import type { Caller } from '../../domain/caller.ts';
import { Problem } from '../../domain/problem.ts';
import { holds } from '../../domain/scope.ts';
import { volumeFileName } from '../../domain/volume-file-name.ts';
import type { VolumeRow } from '../../usecases/list-volumes.ts';
import type { Hub } from '../hub.ts';
import { answerEmpty, answerJson } from './answer.ts';
import type { ApiContext } from './api-context.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { groupsOf } from './groups-of.ts';
import { notFound, Refusal } from './refusal.ts';
import { closed } from './settled-within.ts';
import { timestamp } from './timestamp.ts';

/**
 * Berth's own. Who may start a person's servers sees and reads their volumes; who may also change their account, or is
 * that person, restores and deletes. A volume of nobody here is nobody's.
 */
export const volumesEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/berth/volumes',
    summary: 'List volumes of people and groups (Berth)',
    access: { kind: 'some', any: ['servers'] },
    query: { user: 'Only those of this person' },
    answers: { 200: { description: 'Volumes with owner, size and use', model: 'Volumes' } },
    handle: async ({ ctx, hub, caller }) => {
      const { user } = ctx.query;
      const rows = await hub.storage.volumes.list(typeof user === 'string' ? { user } : {});
      answerJson(ctx, rows.filter((row) => mayOn(hub, caller, row)).map(presentVolume));
    },
  },
  {
    method: 'GET',
    path: '/berth/volumes/:name/files',
    summary: 'Back a volume up: its files as a tar archive (Berth)',
    access: { kind: 'some', any: ['servers'] },
    answers: {
      200: { description: 'The archive, application/x-tar' },
      409: { description: 'It is being restored or deleted' },
    },
    handle: backUp,
  },
  {
    method: 'PUT',
    path: '/berth/volumes/:name/files',
    summary: 'Restore a volume from a tar archive, plain or gzip; its servers must be stopped (Berth)',
    access: { kind: 'some', any: ['servers'] },
    query: { replace: 'The name of the volume once more, when the files that are in it may be lost' },
    answers: {
      204: { description: 'Its files are those of the archive' },
      400: { description: 'It is no such archive; nothing was changed' },
      409: { description: 'It is in use, or not empty' },
    },
    handle: restore,
  },
  {
    method: 'DELETE',
    path: '/berth/volumes/:name',
    summary: 'Delete a volume with all its files; its servers must be stopped (Berth)',
    access: { kind: 'some', any: ['servers'] },
    query: { confirm: 'The name of the volume once more' },
    answers: {
      204: { description: 'It is gone, and its files with it' },
      400: { description: 'The name was not said once more' },
      409: { description: 'It is in use' },
    },
    handle: remove,
  },
];

/** Shared ones are the administrators'. */
function mayOn(hub: Hub, caller: Caller, { owner }: VolumeRow): boolean {
  if (owner.kind === 'shared') return holds(caller.scopes, 'admin:servers');
  return holds(caller.scopes, 'servers', { kind: 'user', value: owner.user }, groupsOf(hub));
}

/** Whoever changes files must be that person or be in charge of everything: a script that starts and stops servers is not. */
function mayChange(hub: Hub, caller: Caller, row: VolumeRow): boolean {
  const own = caller.kind !== 'service' && row.owner.kind === 'user' && row.owner.user === caller.user.name;
  return mayOn(hub, caller, row) && (own || holds(caller.scopes, 'admin:servers'));
}

/** @throws Refusal 404, 403. */
async function volumeOf(
  { hub, caller, param }: Pick<Call, 'hub' | 'caller' | 'param'>,
  act: 'read' | 'change',
): Promise<VolumeRow> {
  const [row] = await hub.storage.volumes.list({ name: param('name') });
  if (row === undefined || !mayOn(hub, caller, row)) throw notFound('There is no such volume');
  if (act === 'change' && !mayChange(hub, caller, row)) {
    throw new Refusal(403, 'Files are changed by their owner, or with admin:servers');
  }
  return row;
}

async function backUp({ ctx, hub, caller, param }: Call): Promise<void> {
  const { name } = await volumeOf({ hub, caller, param }, 'read');
  const files = await hub.storage.volumes.backUp(name, closed(ctx));
  ctx.status = 200;
  ctx.set({
    'Content-Type': 'application/x-tar',
    'Content-Disposition': `attachment; filename="${volumeFileName(name, hub.clock.now())}.tar"`,
    'Cache-Control': 'no-store',
  });
  ctx.body = Readable.from(files, { objectMode: false });
}

async function restore({ ctx, hub, caller, param }: Call): Promise<void> {
  const { name } = await volumeOf({ hub, caller, param }, 'change');
  const { replace } = ctx.query;
  if (replace !== undefined && replace !== name) {
    throw new Refusal(400, `Say replace=${name} if the files on it may be lost`);
  }
  await hub.storage.volumes.restore(name, bodyOf(ctx), { replace: replace === name, signal: brokenOff(ctx) });
  answerEmpty(ctx, 204);
}

/** Ends when the client hangs up before it has sent all. */
function brokenOff({ req }: ApiContext): AbortSignal {
  const gone = new AbortController();
  req.once('close', () => {
    if (!req.complete) gone.abort(new Problem('VOLUME-004', { detail: 'The upload broke off.' }));
  });
  return gone.signal;
}

function bodyOf({ req }: ApiContext): AsyncIterable<Uint8Array> {
  return req;
}

async function remove({ ctx, hub, caller, param }: Call): Promise<void> {
  const { name } = await volumeOf({ hub, caller, param }, 'change');
  if (ctx.query.confirm !== name) {
    throw new Refusal(400, `Its files would be lost for good: say confirm=${name}`);
  }
  await hub.storage.volumes.remove(name);
  answerEmpty(ctx, 204);
}

/** A volume as the API tells of it. */
function presentVolume(row: VolumeRow): Readonly<Record<string, unknown>> {
  const time = (at: number | null) => (at === null ? null : timestamp(at));
  return {
    name: row.name,
    kind: row.owner.kind,
    user: row.owner.kind === 'user' ? row.owner.user : null,
    account: row.owner.kind === 'user' && row.owner.here,
    size: row.size,
    measured: time(row.measured),
    last_use: time(row.lastUse),
    created: time(row.created),
    servers: row.servers.map(({ name }) => name),
    containers: row.containers,
    doing: row.doing,
  };
}

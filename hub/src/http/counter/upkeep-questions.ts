import { Readable } from 'node:stream';
import type Router from '@koa/router';
import { AUDIT_KINDS } from '../../domain/audit.ts';
import { worstOf } from '../../domain/probe.ts';
import { Problem } from '../../domain/problem.ts';
import type { Diagnosis } from '../../usecases/run-probes.ts';
import type { Hub } from '../hub.ts';
import { timeOf } from './time-of.ts';

/** What keeping the house asks of it. */
export interface Upkeep {
  /** The store as JSON, as it is now. */
  readonly snapshot: () => Iterable<string>;
  /** Remembers that a backup was made. */
  readonly noteBackup: () => Promise<void>;
  readonly runProbes: (maxAge: number) => Promise<Diagnosis>;
}

const AUDIT_MOST = 1000;

/** Backups, the doctor, the audit log. */
export function upkeepQuestions(router: Router, hub: Hub, upkeep: Upkeep): void {
  router.get('/snapshot', (ctx) => {
    ctx.type = 'application/json';
    ctx.body = Readable.from(upkeep.snapshot());
  });

  router.post('/backups', async (ctx) => {
    await upkeep.noteBackup();
    hub.facts.tell({ kind: 'acted', by: 'command line', on: '', address: '', call: 'backup' });
    ctx.status = 201;
    ctx.body = {};
  });

  router.get('/doctor', async (ctx) => {
    const { at, results } = await upkeep.runProbes(0);
    ctx.body = { at: timeOf(at), level: worstOf(results), probes: results };
  });

  router.get('/audit', async (ctx) => {
    const { what = '', who = '', limit = '200' } = ctx.query;
    const kind = AUDIT_KINDS.find((each) => each === what) ?? null;
    if (kind === null && what !== '') {
      throw new Problem('HTTP-400', { detail: `What happened is one of ${AUDIT_KINDS.join(', ')}.` });
    }
    if (!/^\d{1,4}$/.test(String(limit)) || Number(limit) < 1 || Number(limit) > AUDIT_MOST) {
      throw new Problem('HTTP-400', { detail: `How many lines is a number from 1 to ${AUDIT_MOST}.` });
    }
    const query = { what: kind, who: String(who).slice(0, 64), limit: Number(limit) };
    const entries = await hub.audit.read(query);
    ctx.body = { entries: entries.map(({ at, ...entry }) => ({ time: timeOf(at), ...entry })) };
  });
}

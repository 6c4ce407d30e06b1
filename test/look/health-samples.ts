// The Health page: all well, and with what goes wrong.
import { PROBE_CODES, PROBES, type ProbeCode, type ProbeResult } from '../../hub/src/domain/probe.ts';
import { HealthView } from '../../hub/src/http/views/health.tsx';
import type { Shell } from '../../hub/src/http/views/props.ts';
import { renderPage } from '../../hub/src/http/views/render.ts';

const BAD: Partial<Record<ProbeCode, Pick<ProbeResult, 'level' | 'says' | 'next'>>> = {
  'PROXY-03': {
    level: 'fail',
    says: 'Requests come through, a WebSocket does not (it was refused): no kernel would work.',
    next: 'A front server has to pass Upgrade and Connection on: docs/how-to/behind-nginx.md, docs/how-to/behind-apache.md',
  },
  'STORE-04': {
    level: 'warn',
    says: 'The last backup is 20 days old.',
    next: 'Run ./berth backup, by cron for instance: docs/how-to/back-up-and-restore.md',
  },
};

/** Page's name → HTML. */
export function healthSamples(boss: Shell) {
  const well = PROBE_CODES.map(
    (code): ProbeResult => ({
      code,
      title: PROBES[code],
      level: 'ok',
      says: 'As it should be.',
      next: '',
      ms: 4,
    }),
  );
  const at = boss.now - 40_000;
  return {
    health: renderPage(HealthView, { shell: boss, at, results: well }),
    'health-bad': renderPage(HealthView, {
      shell: boss,
      at,
      results: well.map((result) => ({ ...result, ...BAD[result.code] })),
    }),
  };
}

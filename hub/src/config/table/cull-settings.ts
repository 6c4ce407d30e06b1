import { z } from 'zod';
import type { GroupPolicy } from '../../domain/cull-settings.ts';
import { jsonOf } from '../json-of.ts';
import { LONGEST_SECONDS, readPolicy } from '../read-policy.ts';
import { flag, number, oneOf, reader, setting } from '../setting.ts';

/** Seconds; 0, and nothing at all, is never. */
const orNever = reader(
  { type: ['number', 'string', 'null'], minimum: 0, maximum: LONGEST_SECONDS },
  `should be a number from 0 to ${LONGEST_SECONDS}`,
  (value): number | null | undefined => {
    if (value === undefined || value === null || value === '') return null;
    const seconds = typeof value === 'string' ? Number(value) : value;
    if (typeof seconds !== 'number' || !(seconds >= 0 && seconds <= LONGEST_SECONDS)) return undefined;
    return seconds === 0 ? null : seconds;
  },
);

const groupPolicies = z
  .unknown()
  .meta({ type: ['object', 'string', 'null'], additionalProperties: { type: 'object' } })
  .transform((value, context): readonly GroupPolicy[] => {
    const given = jsonOf(value) ?? {};
    if (typeof given !== 'object' || Array.isArray(given)) {
      context.addIssue({ code: 'custom', message: 'should be policies by group: {staff: {timeout: 86400}}' });
      return z.NEVER;
    }
    return Object.entries(given).map(([group, one]) => {
      const { policy, faults } = readPolicy(one);
      for (const { path, message } of faults) {
        context.addIssue({ code: 'custom', path: [group, ...path], message });
      }
      return { group, policy };
    });
  });

/** When idle servers are put to sleep, and stopped. */
export const CULL_SETTINGS = {
  cullEnabled: setting({
    env: 'CULL_ENABLED',
    trait: 'cull.enabled',
    doc: 'Whether idle servers are stopped. Without it they may still be put to sleep: that is FREEZE_TIMEOUT.',
    type: flag,
    fallback: 'true',
    reload: true,
  }),
  cullTimeout: setting({
    env: 'CULL_TIMEOUT',
    trait: 'cull.timeout',
    doc: 'Seconds without activity after which a server is stopped. One whose kernel is executing is never stopped.',
    type: number(1, LONGEST_SECONDS),
    fallback: '3600',
    reload: true,
  }),
  freezeTimeout: setting({
    env: 'FREEZE_TIMEOUT',
    trait: 'cull.freezeTimeout',
    doc: "Seconds without a person's doing after which a server is put to sleep: paused, with all variables, until somebody uses it again. Less than CULL_TIMEOUT; 0 or empty: never. Needs Berth's own proxy.",
    type: orNever,
    reload: true,
  }),
  cullMaxAge: setting({
    env: 'CULL_MAX_AGE',
    trait: 'cull.maxAge',
    doc: 'Seconds after its start at which a server is stopped whatever it does, executing kernels too; 0: never.',
    type: orNever,
    fallback: '0',
    reload: true,
  }),
  cullActivity: setting({
    env: 'CULL_ACTIVITY',
    trait: 'cull.activity',
    doc: '`any`: an open page keeps its server from being stopped, as in JupyterHub, so that nobody loses variables over lunch. `person`: only what people do, and computing; a forgotten tab no longer keeps its server for ever.',
    type: oneOf('any', 'person'),
    fallback: 'any',
    reload: true,
  }),
  cullBusyCores: setting({
    env: 'CULL_BUSY_CORES',
    trait: 'cull.busyCores',
    doc: 'A server whose container has used more than this many cores since the last look is active, whatever it says of its kernels. Empty notebooks use less than 0.01. Where several programs want each core of the machine, what a container got counts that many times.',
    type: number(0, 1024),
    fallback: '0.05',
    reload: true,
  }),
  cullEvery: setting({
    env: 'CULL_EVERY',
    trait: 'cull.every',
    doc: 'Seconds between two looks for idle servers. Rounded to what cron can say.',
    type: number(1, 3600),
    fallback: '60',
  }),
  cullConcurrency: setting({
    env: 'CULL_CONCURRENCY',
    trait: 'cull.concurrency',
    doc: 'How many servers one look asks, and stops, at once.',
    type: number(1, 1000),
    fallback: '10',
    reload: true,
  }),
  cullGroups: setting({
    env: 'CULL_GROUPS',
    trait: 'cull.groups',
    doc: 'Other times for members of groups: `{staff: {timeout: 86400, freezeTimeout: 3600, maxAge: never}}`; in `.env` as JSON. Of several groups of a person the first one counts. What a profile says under `cull` wins over it.',
    type: groupPolicies,
    reload: true,
  }),
  cullWarning: setting({
    env: 'CULL_WARNING',
    trait: 'cull.warning',
    doc: 'Seconds before a stop from which the owner is told so on the home page, with a button to keep the server.',
    type: number(0, 86_400),
    fallback: '600',
    reload: true,
  }),
  cullKeep: setting({
    env: 'CULL_KEEP',
    trait: 'cull.keep',
    doc: 'Seconds for which that button keeps a server, however idle; CULL_MAX_AGE ends it all the same.',
    type: number(60, 604_800),
    fallback: '7200',
    reload: true,
  }),
  cullRemoveNamedServers: setting({
    env: 'CULL_REMOVE_NAMED_SERVERS',
    trait: 'cull.removeNamedServers',
    doc: 'Whether a named server is forgotten once it was stopped for idleness. Its files stay.',
    type: flag,
    fallback: 'false',
    reload: true,
  }),
  cullUsers: setting({
    env: 'CULL_USERS',
    trait: 'cull.users',
    doc: 'Whether accounts are removed that nobody has used for CULL_TIMEOUT and that have no server. Files stay; whoever may sign in gets an account again.',
    type: flag,
    fallback: 'false',
    reload: true,
  }),
  cullAdminUsers: setting({
    env: 'CULL_ADMIN_USERS',
    trait: 'cull.adminUsers',
    doc: 'Whether CULL_USERS means accounts of administrators, too.',
    type: flag,
    fallback: 'true',
    reload: true,
  }),
} as const;

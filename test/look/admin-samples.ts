// The pages of administrators that are about people, and everybody's own sessions.

import { AdminView } from '../../hub/src/http/views/admin.tsx';
import type { AdminRowProps } from '../../hub/src/http/views/admin-props.ts';
import { AuditView } from '../../hub/src/http/views/audit.tsx';
import { DepartedView } from '../../hub/src/http/views/departed.tsx';
import { InvitationView } from '../../hub/src/http/views/invitation.tsx';
import type { Shell } from '../../hub/src/http/views/props.ts';
import { RemoveUserView } from '../../hub/src/http/views/remove-user.tsx';
import { renderPage } from '../../hub/src/http/views/render.ts';
import type { ServerLinks } from '../../hub/src/http/views/server-props.ts';
import { SessionsView } from '../../hub/src/http/views/sessions.tsx';
import { healthSamples } from './health-samples.ts';
import { HOSTILE_NAME } from './hostile-name.ts';
import { wordsSamples } from './words-samples.ts';

const MINUTE = 60_000;

export function adminSamples(
  shell: Shell,
  boss: Shell,
  image: string,
  links: (user: string, name?: string) => ServerLinks,
) {
  const { t, now } = shell;
  const query = { q: '', show: 'all', sort: 'name', order: 'asc', page: 1 } as const;
  const limits = '/hub/admin/limits/ana';
  const row = (name: string, more: Partial<AdminRowProps> = {}): AdminRowProps => ({
    name,
    admin: false,
    you: false,
    lastActivity: now - 26 * 60 * MINUTE,
    servers: [
      { name: '', label: t.server.of(name), state: 'stopped', image: null, links: links(name), limits },
    ],
    remove: `/hub/admin/remove/${name}`,
    invite: `/hub/admin/invite/${name}`,
    dropSecondStep: null,
    sessions: `/hub/admin/sessions/${name}`,
    ...more,
  });
  const visit = {
    address: '192.0.2.17',
    provider: 'github',
    created: now - 26 * 60 * MINUTE,
    lastSeen: now - 40 * MINUTE,
    current: false,
    end: '/hub/sessions/end/5f1c0b7d',
  };
  const line = { address: '192.0.2.17' };

  return {
    admin: renderPage(AdminView, {
      shell: boss,
      waiting: [
        {
          name: 'emil',
          created: now - 40 * MINUTE,
          address: '192.0.2.77',
          approve: '/hub/admin/approve/emil',
          reject: '/hub/admin/reject/emil',
        },
        {
          name: 'a-name-that-is-as-long-as-a-name-may-be-on-this-hub-of-ours-here1',
          created: now - 3 * 24 * 60 * MINUTE,
          address: '2001:db8:85a3:0:0:8a2e:370:7334',
          approve: '/hub/admin/approve/x',
          reject: '/hub/admin/reject/x',
        },
      ],
      query,
      rows: [
        row('ana', {
          lastActivity: now - 2 * MINUTE,
          servers: [
            { name: '', label: t.server.of('ana'), state: 'ready', image, links: links('ana'), limits },
            {
              name: 'gpu-lab',
              label: t.server.ofNamed('ana', 'gpu-lab'),
              state: 'pulling',
              image,
              links: links('ana', 'gpu-lab'),
              limits,
            },
          ],
        }),
        row('bruno.meier@uni.example', {
          servers: [
            {
              name: '',
              label: t.server.of('bruno'),
              state: 'failed',
              image,
              links: links('bruno.meier@uni.example'),
              limits,
            },
          ],
        }),
        row('chloe', { lastActivity: null, dropSecondStep: '/hub/admin/second-step/chloe' }),
        row('dae-jung', {
          servers: [
            {
              name: '',
              label: t.server.of('dae-jung'),
              state: 'stopping',
              image,
              links: links('dae-jung'),
              limits,
            },
          ],
        }),
        row('maria', { admin: true, you: true, lastActivity: now - 5_000 }),
      ],
      totals: { people: 132, running: 17, matching: 132 },
      pageSize: 5,
      notice: t.admin.notice.added('chloe, dae-jung'),
      error: null,
      names: '',
    }),
    'admin-empty': renderPage(AdminView, {
      shell: boss,
      waiting: [],
      query: { ...query, q: 'zzz' },
      rows: [],
      totals: { people: 132, running: 17, matching: 0 },
      pageSize: 50,
      notice: null,
      error: 'This is no user name: “Ünal!”. Nothing was added.',
      names: 'Ünal!\nzoe',
    }),
    ...wordsSamples(shell, boss, HOSTILE_NAME),
    ...healthSamples(boss),
    invitation: renderPage(InvitationView, {
      shell: boss,
      name: 'chloe',
      link: 'https://hub.example/hub/setup?token=YL6LpFJ27saIIxB1H4pCMu5K4xHflhi3Uq7S_Ns_et4',
      days: 3,
    }),
    'remove-user': renderPage(RemoveUserView, {
      shell: boss,
      name: 'ana',
      running: 1,
      action: '/hub/admin/remove/ana',
      volumes: ['jupyterhub-user-ana'],
    }),
    sessions: renderPage(SessionsView, {
      shell,
      of: null,
      sessions: [
        {
          ...visit,
          id: 's1',
          browser: 'Firefox on Linux',
          lastSeen: now - 4000,
          current: true,
        },
        {
          ...visit,
          id: 's2',
          browser: 'Safari on iOS',
          address: '2001:db8:85a3:8d3:1319:8a2e:370:7348',
        },
        { ...visit, id: 's3', browser: HOSTILE_NAME, address: HOSTILE_NAME, provider: HOSTILE_NAME },
      ],
      endAll: '/hub/sessions/end-all',
      notice: t.sessions.ended,
    }),
    'sessions-of': renderPage(SessionsView, {
      shell: boss,
      of: 'bruno.meier@uni.example',
      sessions: [{ ...visit, id: 's4', browser: 'Chrome on Windows' }],
      endAll: '/hub/admin/sessions/bruno.meier@uni.example/end-all',
      notice: null,
    }),
    departed: renderPage(DepartedView, {
      shell: boss,
      departures: [
        {
          user: 'ana',
          at: now - 26 * 60 * MINUTE,
          why: 'lists',
          volumes: ['jupyterhub-user-ana', 'jupyterhub-user-ana-gpu-lab'],
        },
        {
          user: 'bruno.meier@uni.example',
          at: now - 90 * 24 * 60 * MINUTE,
          why: 'removed',
          volumes: ['jupyterhub-user-bruno-2emeier-40uni-2eexample'],
        },
      ],
    }),
    'departed-none': renderPage(DepartedView, { shell: boss, departures: [] }),
    audit: renderPage(AuditView, {
      shell: boss,
      query: { what: null, who: '', limit: 200 },
      limit: 200,
      entries: [
        {
          ...line,
          at: now - MINUTE,
          what: 'act',
          by: 'maria',
          on: 'ana',
          detail: 'POST /hub/admin/remove/:user',
        },
        {
          ...line,
          at: now - 5 * MINUTE,
          what: 'refused',
          by: HOSTILE_NAME,
          on: HOSTILE_NAME,
          detail: 'local AUTH-001',
        },
        {
          ...line,
          at: now - 9 * MINUTE,
          what: 'userlist',
          by: 'hub',
          on: '',
          address: '',
          detail: '1 added: zoe; 0 removed: ',
        },
        { ...line, at: now - 12 * MINUTE, what: 'signed-in', by: 'ana', on: 'ana', detail: 'github' },
      ],
    }),
  };
}

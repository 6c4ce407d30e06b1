// Every view with props as life brings them, and with names that try to break out.
import { encode } from 'uqr';
import { PROBLEMS } from '../../hub/src/domain/problem.ts';
import { newServer } from '../../hub/src/domain/server.ts';
import { AccessView } from '../../hub/src/http/views/access.tsx';
import { AccountView } from '../../hub/src/http/views/account.tsx';
import { AdminView } from '../../hub/src/http/views/admin.tsx';
import type { AdminRowProps } from '../../hub/src/http/views/admin-props.ts';
import { AuditView } from '../../hub/src/http/views/audit.tsx';
import { DepartedView } from '../../hub/src/http/views/departed.tsx';
import { ErrorView } from '../../hub/src/http/views/error.tsx';
import { HomeView } from '../../hub/src/http/views/home.tsx';
import { InvitationView } from '../../hub/src/http/views/invitation.tsx';
import { LimitsView } from '../../hub/src/http/views/limits.tsx';
import { LoginView } from '../../hub/src/http/views/login.tsx';
import { en, type Messages } from '../../hub/src/http/views/messages/en.ts';
import { NotRunningView } from '../../hub/src/http/views/not-running.tsx';
import { ProgressView, StoppingView } from '../../hub/src/http/views/progress.tsx';
import type { Shell, Theme } from '../../hub/src/http/views/props.ts';
import { RemoveUserView } from '../../hub/src/http/views/remove-user.tsx';
import { renderPage } from '../../hub/src/http/views/render.ts';
import { say } from '../../hub/src/http/views/say.ts';
import { SchedulesView } from '../../hub/src/http/views/schedules.tsx';
import { RecoveryCodesView, SecondFactorView } from '../../hub/src/http/views/second-factor.tsx';
import { SecondStepView } from '../../hub/src/http/views/second-step.tsx';
import type { FailureProps, ServerCardProps, ServerLinks } from '../../hub/src/http/views/server-props.ts';
import { SessionsView } from '../../hub/src/http/views/sessions.tsx';
import { SetupView } from '../../hub/src/http/views/setup.tsx';
import { SignedUpView, SignUpView } from '../../hub/src/http/views/sign-up.tsx';
import { SignedOutView } from '../../hub/src/http/views/signed-out.tsx';
import { healthSamples } from './health-samples.ts';
import { spawnSamples } from './spawn-samples.ts';
import { storageSamples } from './storage-samples.ts';
import { NOTHING_USED, usageSamples } from './usage-samples.ts';
import { sampleProblem, wordsSamples } from './words-samples.ts';

const MINUTE = 60_000;
/** Of the home page, where nothing else is to be seen. */
const home = { live: null, standing: null, environments: false };

export interface SampleOptions {
  readonly assets: Readonly<Record<string, string>>;
  readonly theme?: Theme;
  readonly now?: number;
  /** In which language. */
  readonly t?: Messages;
}

/** Page's name → HTML. */
export function samples({
  assets,
  theme = 'system',
  now = Date.UTC(2026, 10, 21, 17, 42),
  t = en,
}: SampleOptions) {
  const shell: Shell = {
    t,
    baseUrl: '/',
    assets,
    person: { name: 'ana', admin: false },
    xsrf: 'word-of-this-session',
    theme,
    here: '/hub/home',
    now,
    unsafe: false,
    account: true,
  };
  const outside: Shell = { ...shell, person: null, account: false };
  const boss: Shell = { ...shell, person: { name: 'maria', admin: true } };
  const image = 'quay.io/jupyter/scipy-notebook:2026-11-02';

  const links = (user: string, name = ''): ServerLinks => {
    const end = name === '' ? user : `${user}/${name}`;
    return {
      open: `/user/${end}/`,
      start: `/hub/spawn/${end}`,
      stop: `/hub/stop/${end}`,
      keep: `/hub/keep/${end}`,
      progress: `/hub/spawn-pending/${end}`,
      stream: `/hub/progress/${end}`,
    };
  };
  const card: ServerCardProps = {
    ...newServer('ana'),
    label: t.server.own,
    idle: {
      freezesAt: null,
      stopsAt: null,
      why: null,
      keptUntil: null,
      warned: false,
      keepFor: null,
      keep: '/hub/keep/ana',
    },
    failure: null,
    choose: false,
    links: links('ana'),
    usage: NOTHING_USED,
    usagePage: '/hub/usage/ana',
  };
  const failure: FailureProps = {
    at: now - 2 * MINUTE,
    code: 'SPAWN-120',
    ...sampleProblem(shell, 'SPAWN-120'),
    admin: null,
    log: [
      '[I 2026-11-21 17:39:58.102 JupyterHubSingleUser] Starting jupyterhub single-user server version 5.2.1',
      'Traceback (most recent call last):',
      '  File "/usr/bin/jupyterhub-singleuser", line 33, in <module>',
      '    sys.exit(load_entry_point("jupyterhub==5.2.1", "console_scripts", "jupyterhub-singleuser")())',
      "PermissionError: [Errno 13] Permission denied: '/home/jovyan/work/.local'",
    ],
  };
  const forBoss: FailureProps = {
    ...failure,
    admin: {
      sentence: 'The container ended with exit code 1 before it answered.',
      detail: 'container 4f1c… exited (1) after 2.1 s',
      exitCode: 1,
      outOfMemory: false,
    },
  };
  const live = {
    t,
    now,
    steps: [
      { name: 'queued', status: 'done', began: now - 47_000, ended: now - 46_000 },
      { name: 'pulling', status: 'now', began: now - 46_000, ended: null },
      { name: 'creating', status: 'todo', began: null, ended: null },
      { name: 'starting', status: 'todo', began: null, ended: null },
      { name: 'waiting', status: 'todo', began: null, ended: null },
    ],
    percent: 41,
    message: say(t, `Downloading ${image}: 1.2 GB of 1.9 GB`),
    since: now - 47_000,
    ready: null,
    log: [],
  } as const;
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
  const github = { id: 'github', label: 'GitHub', href: '/hub/oauth_login' };
  const keycloak = {
    id: 'generic-oauth',
    label: 'Uni-Heidelberg',
    href: '/hub/oauth_login?provider=generic-oauth',
  };
  const methods = { passwords: true, otpPrompt: null, signUp: false, providers: [] };
  const visit = {
    address: '192.0.2.17',
    provider: 'github',
    created: now - 26 * 60 * MINUTE,
    lastSeen: now - 40 * MINUTE,
    current: false,
    end: '/hub/sessions/end/5f1c0b7d',
  };
  const line = { address: '192.0.2.17' };
  const hostile = '<img src=x onerror=alert(1)>"\'&\u202e';

  return {
    login: renderPage(LoginView, {
      shell: outside,
      next: '/hub/home',
      username: '',
      methods: { ...methods, providers: [github] },
      insecure: false,
    }),
    'login-refused': renderPage(LoginView, {
      shell: outside,
      next: null,
      username: 'ana',
      error: { ...sampleProblem(shell, 'AUTH-001') },
      methods,
      insecure: true,
    }),
    'login-provider-only': renderPage(LoginView, {
      shell: outside,
      next: null,
      username: '',
      methods: { ...methods, passwords: false, providers: [github] },
      insecure: false,
    }),
    'login-several': renderPage(LoginView, {
      shell: outside,
      next: null,
      username: '',
      methods: { passwords: true, otpPrompt: 'OTP:', signUp: true, providers: [github, keycloak] },
      insecure: false,
    }),
    'login-providers': renderPage(LoginView, {
      shell: outside,
      next: null,
      username: '',
      methods: { ...methods, passwords: false, providers: [github, keycloak] },
      insecure: false,
    }),
    'login-trial': renderPage(LoginView, {
      shell: { ...outside, unsafe: true },
      next: null,
      username: '',
      methods,
      insecure: false,
    }),
    'second-step': renderPage(SecondStepView, { shell: outside, step: 'word', next: '/hub/home' }),
    'second-step-refused': renderPage(SecondStepView, {
      shell: outside,
      step: 'word',
      next: null,
      error: { ...sampleProblem(shell, 'AUTH-043') },
    }),
    'sign-up': renderPage(SignUpView, { shell: outside, name: '', least: 12, open: false }),
    'sign-up-refused': renderPage(SignUpView, {
      shell: outside,
      name: hostile,
      least: 12,
      open: true,
      error: {
        ...sampleProblem(shell, 'AUTH-010', { detail: 'This name cannot be had here. Choose another one.' }),
      },
    }),
    'signed-up': renderPage(SignedUpView, { shell: outside }),
    account: renderPage(AccountView, { shell, least: 12, secondFactor: null, notice: null }),
    'account-two-steps': renderPage(AccountView, {
      shell: { ...shell, unsafe: true },
      least: 12,
      secondFactor: { since: now - 40 * 24 * 60 * MINUTE, recoveryLeft: 7 },
      notice: t.account.changed,
    }),
    'account-refused': renderPage(AccountView, {
      shell,
      least: 12,
      secondFactor: null,
      notice: null,
      error: { ...sampleProblem(shell, 'AUTH-045') },
    }),
    'second-factor': renderPage(SecondFactorView, {
      shell,
      secret: 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP',
      qr: encode(`otpauth://totp/Berth%20hub.example:ana?secret=${'JBSWY3DPEHPK3PXP'.repeat(2)}`, {
        ecc: 'M',
        border: 0,
      }).data,
    }),
    'recovery-codes': renderPage(RecoveryCodesView, {
      shell,
      codes: Array.from({ length: 10 }, (_, i) => `0${i}1f-7c2e-94ab-d0${i}6`),
    }),
    setup: renderPage(SetupView, {
      shell: outside,
      action: '/hub/setup?token=abc',
      person: null,
      name: '',
      least: 12,
    }),
    'setup-refused': renderPage(SetupView, {
      shell: outside,
      action: '/hub/setup?token=abc',
      person: null,
      name: 'maria',
      least: 12,
      error: {
        ...sampleProblem(shell, 'AUTH-010', { detail: 'The password needs at least 12 characters.' }),
      },
    }),
    'signed-out': renderPage(SignedOutView, { shell: outside, goOn: null, still: null }),
    'signed-out-still': renderPage(SignedOutView, { shell: outside, goOn: null, still: 'GitHub' }),
    'signed-out-going-on': renderPage(SignedOutView, {
      shell: outside,
      goOn: { label: 'Keycloak', href: '#' },
      still: null,
    }),
    'home-new': renderPage(HomeView, { ...home, shell, servers: [card] }),
    'home-running': renderPage(HomeView, {
      shell,
      ...home,
      servers: [
        {
          ...card,
          state: 'ready',
          image,
          started: now - 185 * MINUTE,
          lastActivity: now - 2 * MINUTE,
          idle: {
            ...card.idle,
            freezesAt: now + 28 * MINUTE,
            stopsAt: now + 178 * MINUTE,
            why: 'idle',
            keepFor: 120 * MINUTE,
          },
          usage: {
            cores: { used: 0.42, limit: 2 },
            memory: { used: 1.3 * 2 ** 30, limit: 4 * 2 ** 30 },
            disk: { used: 3.4 * 2 ** 30, limit: null },
          },
        },
      ],
    }),
    'home-frozen': renderPage(HomeView, {
      shell,
      ...home,
      servers: [
        {
          ...card,
          state: 'frozen',
          image,
          started: now - 185 * MINUTE,
          lastActivity: now - 42 * MINUTE,
          idle: { ...card.idle, stopsAt: now + 138 * MINUTE, why: 'idle', keptUntil: now + 90 * MINUTE },
        },
      ],
    }),
    'home-warned': renderPage(HomeView, {
      shell,
      ...home,
      servers: [
        {
          ...card,
          state: 'ready',
          image,
          started: now - 185 * MINUTE,
          lastActivity: now - 51 * MINUTE,
          idle: {
            ...card.idle,
            stopsAt: now + 9 * MINUTE,
            why: 'idle',
            warned: true,
            keepFor: 120 * MINUTE,
          },
        },
      ],
    }),
    schedules: renderPage(SchedulesView, {
      shell: boss,
      rows: [
        {
          name: 'Statistics 101',
          start: '45 7 * * mon-fri',
          stop: '0 12 * * mon-fri',
          timezone: 'Europe/Berlin',
          whom: 'stats101 (small)',
          next: now + 40 * 60 * MINUTE,
          last: { at: now - 34 * 60 * MINUTE, started: 23, running: 2, failed: 1 },
        },
        {
          name: 'Leap day',
          start: '0 8 29 2 *',
          stop: null,
          timezone: 'UTC',
          whom: 'ana, boris',
          next: null,
          last: null,
        },
      ],
    }),
    'home-culled': renderPage(HomeView, {
      shell,
      ...home,
      servers: [
        {
          ...card,
          stopReason: { at: now - 35 * MINUTE, why: 'idle', detail: 'idle for 60 minutes' },
          image,
        },
      ],
    }),
    'home-starting': renderPage(HomeView, { ...home, shell, servers: [{ ...card, state: 'pulling' }] }),
    'home-stopping': renderPage(HomeView, {
      shell,
      ...home,
      servers: [{ ...card, state: 'stopping', image }],
    }),
    'home-failed': renderPage(HomeView, {
      shell: boss,
      ...home,
      servers: [{ ...card, state: 'failed', image, failure: forBoss }],
    }),
    progress: renderPage(ProgressView, {
      shell,
      label: t.server.own,
      live,
      stream: '/hub/progress/ana',
      cancel: '/hub/stop/ana',
    }),
    'progress-waiting': renderPage(ProgressView, {
      shell,
      label: t.server.own,
      live: {
        ...live,
        steps: live.steps.map(({ name }, place) => ({
          name,
          status: name === 'waiting' ? ('now' as const) : ('done' as const),
          began: now - 20_000 + place * 3_000,
          ended: name === 'waiting' ? null : now - 17_000 + place * 3_000,
        })),
        percent: 84,
        message: 'Waiting for the notebook to answer',
        log: [
          '[I 2026-11-21 17:04:11.310 ServerApp] jupyterlab | extension was successfully linked.',
          '[I 2026-11-21 17:04:11.902 JupyterHubSingleUser] Updating Hub with activity every 300 seconds',
          `[I 2026-11-21 17:04:12.455 LabApp] JupyterLab extension loaded from ${'/usr/lib/python3/dist-packages/jupyterlab'.repeat(3)}`,
        ],
      },
      stream: '/hub/progress/ana',
      cancel: '/hub/stop/ana',
    }),
    limits: renderPage(LimitsView, {
      shell: boss,
      label: t.server.of('ben'),
      action: '/hub/admin/limits/ben',
      memory: '2 GiB',
      cpus: null,
      typed: { memory: 'much', cpus: '' },
      complaint: t.limits.badMemory,
      changed: false,
    }),
    stopping: renderPage(StoppingView, { shell, label: t.server.own, stream: '/hub/progress/ana' }),
    'spawn-failed': renderPage(NotRunningView, {
      shell,
      label: t.server.own,
      start: '/hub/spawn/ana',
      choose: false,
      next: '/user/ana/lab/tree/thesis.ipynb',
      stopReason: null,
      failure,
    }),
    ...usageSamples({ shell, boss, now }),
    ...storageSamples({ shell, boss, now }),
    ...spawnSamples(shell),
    'not-running': renderPage(NotRunningView, {
      shell,
      label: t.server.own,
      start: '/hub/spawn/ana',
      choose: false,
      next: '/user/ana/lab/tree/thesis.ipynb',
      stopReason: { at: now - 35 * MINUTE, why: 'idle', detail: 'idle for 60 minutes' },
      failure: null,
    }),
    'error-404': renderPage(ErrorView, {
      shell,
      status: 404,
      ...sampleProblem(shell, 'HTTP-404'),
      admin: null,
      number: 'k7mq2xta',
      home: true,
    }),
    'error-500-admin': renderPage(ErrorView, {
      shell: boss,
      status: 500,
      ...sampleProblem(shell, 'HTTP-500'),
      admin: PROBLEMS['HTTP-500'].admin,
      number: 'k7mq2xta',
      home: true,
    }),
    'error-proxy': renderPage(ErrorView, {
      shell: { ...outside, xsrf: '' },
      status: 503,
      ...sampleProblem(shell, 'HTTP-503'),
      admin: null,
      number: null,
      home: true,
    }),
    access: renderPage(AccessView, {
      shell: boss,
      label: t.server.of('ana'),
      client: 'Server at /user/ana/',
      owner: 'ana',
      action: '/hub/api/oauth2/authorize?client_id=jupyterhub-user-ana',
      scopes: [
        { name: 'access:servers!server=ana/', sentence: t.scopes['access:servers'] },
        { name: 'read:users:name!user', sentence: t.scopes['read:users:name'] },
      ],
    }),
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
    ...wordsSamples(shell, boss, hostile),
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
        { ...visit, id: 's3', browser: hostile, address: hostile, provider: hostile },
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
          by: hostile,
          on: hostile,
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
    hostile: renderPage(NotRunningView, {
      shell: { ...shell, person: { name: hostile, admin: true }, here: `/hub/${hostile}` },
      label: hostile,
      start: `/hub/spawn/"${hostile}`,
      choose: false,
      next: `/user/${hostile}`,
      stopReason: null,
      failure: {
        ...forBoss,
        title: hostile,
        user: hostile,
        admin: { sentence: hostile, detail: hostile, exitCode: 1, outOfMemory: true },
        log: [hostile, '</pre><script>alert(1)</script>'],
      },
    }),
  };
}

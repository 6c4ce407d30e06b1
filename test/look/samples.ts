// Every view with props as life brings them, and with names that try to break out.

import { PROBLEMS } from '../../hub/src/domain/problem.ts';
import { newServer } from '../../hub/src/domain/server.ts';
import { AccessView } from '../../hub/src/http/views/access.tsx';
import { ErrorView } from '../../hub/src/http/views/error.tsx';
import { HomeView } from '../../hub/src/http/views/home.tsx';
import { LimitsView } from '../../hub/src/http/views/limits.tsx';
import { en, type Messages } from '../../hub/src/http/views/messages/en.ts';
import { NotRunningView } from '../../hub/src/http/views/not-running.tsx';
import { ProgressView, StoppingView } from '../../hub/src/http/views/progress.tsx';
import type { Shell, Theme } from '../../hub/src/http/views/props.ts';
import { renderPage } from '../../hub/src/http/views/render.ts';
import { say } from '../../hub/src/http/views/say.ts';
import { SchedulesView } from '../../hub/src/http/views/schedules.tsx';
import type { FailureProps, ServerCardProps, ServerLinks } from '../../hub/src/http/views/server-props.ts';
import { adminSamples } from './admin-samples.ts';
import { HOSTILE_NAME } from './hostile-name.ts';
import { machinesSamples } from './machines-samples.ts';
import { shareSamples } from './share-samples.ts';
import { signInSamples } from './sign-in-samples.ts';
import { spawnSamples } from './spawn-samples.ts';
import { storageSamples } from './storage-samples.ts';
import { NOTHING_USED, usageSamples } from './usage-samples.ts';
import { sampleProblem } from './words-samples.ts';

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
      port: `/hub/port/${end}`,
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

  return {
    ...signInSamples(shell, outside),
    ...adminSamples(shell, boss, image, links),
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
    ...machinesSamples({ shell, boss, now, card }),
    ...shareSamples({ shell, server: { ...card, state: 'ready', started: now - 50 * MINUTE }, now }),
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
    hostile: renderPage(NotRunningView, {
      shell: { ...shell, person: { name: HOSTILE_NAME, admin: true }, here: `/hub/${HOSTILE_NAME}` },
      label: HOSTILE_NAME,
      start: `/hub/spawn/"${HOSTILE_NAME}`,
      choose: false,
      next: `/user/${HOSTILE_NAME}`,
      stopReason: null,
      failure: {
        ...forBoss,
        title: HOSTILE_NAME,
        user: HOSTILE_NAME,
        admin: { sentence: HOSTILE_NAME, detail: HOSTILE_NAME, exitCode: 1, outOfMemory: true },
        log: [HOSTILE_NAME, '</pre><script>alert(1)</script>'],
      },
    }),
  };
}

import { AcceptShareView } from '../../hub/src/http/views/accept-share.tsx';
import { HomeView } from '../../hub/src/http/views/home.tsx';
import { NotRunningView } from '../../hub/src/http/views/not-running.tsx';
import type { Shell } from '../../hub/src/http/views/props.ts';
import { renderPage } from '../../hub/src/http/views/render.ts';
import type { ServerCardProps } from '../../hub/src/http/views/server-props.ts';
import { ShareView } from '../../hub/src/http/views/share.tsx';
import type { SharedServerProps, ShareProps } from '../../hub/src/http/views/share-props.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LONG = 'friedrich.wilhelm@uni-heidelberg.example';

/** Sharing a server, taking up a link, and what others share, with the longest names there may be. */
export function shareSamples({ shell, server, now }: { shell: Shell; server: ServerCardProps; now: number }) {
  const row = { kind: 'user', members: 0, since: now - 2 * DAY, until: null, by: null, more: '' } as const;
  const share: ShareProps = {
    shell,
    label: 'Your server',
    kind: 'notebook',
    rows: [
      { ...row, key: 'user/ben', name: 'ben', until: now + 5 * HOUR },
      { ...row, key: 'user/long', name: LONG, by: 'mary', more: 'read:servers!server=ana/' },
      {
        ...row,
        key: 'group/class',
        kind: 'group',
        name: 'Statistics 101',
        members: 42,
        until: now + 9 * DAY,
      },
      { ...row, key: 'everyone/', kind: 'everyone', name: '' },
    ],
    links: [
      { id: 'sc_3f9c0a1b2c3d', made: now - HOUR, until: now + DAY, uses: 0 },
      { id: 'sc_a1b2c3d4e5f6', made: now - 3 * DAY, until: now + 4 * DAY, uses: 12 },
    ],
    groups: ['Statistics 101', 'tutors'],
    actions: {
      give: '/hub/share/ana',
      revoke: '/hub/unshare/ana',
      link: '/hub/share-link/ana',
      unlink: '/hub/unlink/ana',
    },
    fresh: null,
    form: { names: '', group: '', everyone: false, ends: '604800', date: '' },
    today: '2026-11-21',
    notice: null,
    error: null,
  };
  const one: SharedServerProps = {
    label: 'Server of ben',
    owner: 'ben',
    running: true,
    until: now + 5 * HOUR,
    open: '/user/ben/',
    leave: '/hub/leave-share/ben',
  };
  const shared = [
    one,
    {
      ...one,
      label: `Server of ${LONG}: analysis-of-spring`,
      owner: LONG,
      open: '/user/f/',
      until: now + 40 * DAY,
      leave: null,
    },
    { ...one, label: 'Server of cho', owner: 'cho', open: '/user/cho/', running: false, until: null },
  ];
  const accept = {
    shell,
    owner: LONG,
    label: `Server of ${LONG}`,
    action: '/hub/accept-share',
    code: 'word',
  } as const;
  return {
    share: renderPage(ShareView, share),
    'share-none': renderPage(ShareView, { ...share, rows: [], links: [], groups: [], kind: 'web' }),
    'share-link': renderPage(ShareView, {
      ...share,
      fresh: `https://hub.example/hub/accept-share?code=${'aB3-'.repeat(10)}xyz`,
      notice: shell.t.share.notice.shared,
    }),
    'share-refused': renderPage(ShareView, {
      ...share,
      form: { ...share.form, names: 'ben\nnobody', ends: 'date', date: '2026-11-01' },
      error: shell.t.share.errors.unknown('nobody'),
    }),
    'accept-share': renderPage(AcceptShareView, {
      ...accept,
      kind: 'notebook',
      running: true,
      until: now + 9 * DAY,
    }),
    'accept-share-web': renderPage(AcceptShareView, { ...accept, kind: 'web', running: false, until: null }),
    'home-shared': renderPage(HomeView, {
      shell,
      servers: [{ ...server, share: { page: '/hub/share/ana', count: 2 } }],
      shared,
      live: null,
      standing: null,
      environments: false,
    }),
    'not-running-visitor': renderPage(NotRunningView, {
      shell,
      label: 'Server of ben',
      askOwner: 'ben',
      start: '/hub/spawn/ben',
      choose: false,
      next: '/user/ben/lab',
      stopReason: null,
      failure: null,
    }),
  };
}

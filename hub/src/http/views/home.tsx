import { Layout } from './layout.tsx';
import type { Messages } from './messages/en.ts';
import { HomeStorage } from './part/home-storage.tsx';
import { OverQuota } from './part/over-quota.tsx';
import { PageHead } from './part/page-head.tsx';
import { ServerCard } from './part/server-card.tsx';
import { SharedWithMe } from './part/shared-with-me.tsx';
import { BUSY } from './part/state-badge.tsx';
import type { HomeProps, ServerCardProps } from './server-props.ts';

/** While something is under way the page asks again by itself, scripts or not. */
export function HomeView({
  shell,
  servers,
  shared = [],
  notice = null,
  live,
  standing,
  environments,
}: HomeProps) {
  const { t, person } = shell;
  const busy = servers.find((server) => BUSY.has(server.state));
  return (
    <Layout
      shell={shell}
      title={t.shell.home}
      current="home"
      scripts={busy === undefined && live === null ? [] : ['live.js']}
      refresh={busy === undefined ? null : 3}
    >
      <PageHead title={t.home.title(person?.name ?? '')} lead={lead(t, servers[0])} notice={notice} />
      <OverQuota t={t} standing={standing} />
      <div
        class="stack"
        data-watch={busy?.links.stream}
        data-rows={busy === undefined ? (live ?? undefined) : undefined}
      >
        {servers.map((server) => (
          <ServerCard key={server.links.open} shell={shell} server={server} />
        ))}
      </div>
      <SharedWithMe shell={shell} shared={shared} />
      <HomeStorage shell={shell} standing={standing} environments={environments} />
    </Layout>
  );
}

function lead(t: Messages, first: ServerCardProps | undefined): string {
  if (first === undefined || first.state === 'stopped') return t.home.leadNone;
  if (first.state === 'ready') return t.home.leadRunning;
  if (first.state === 'frozen') return t.idle.leadFrozen;
  if (first.state === 'failed') return t.home.leadFailed;
  return first.state === 'stopping' ? t.home.leadStopping : t.home.leadStarting;
}

import { isOpen } from '../../../domain/server.ts';
import type { Shell } from '../props.ts';
import type { ServerCardProps } from '../server-props.ts';
import { FailureBox } from './failure-box.tsx';
import { IdleNote, KeepServer } from './idle-note.tsx';
import { MachineNote } from './machine-note.tsx';
import { OpenPort } from './open-port.tsx';
import { ServerFacts } from './server-facts.tsx';
import { StartServer } from './start-server.tsx';
import { StateBadge } from './state-badge.tsx';
import { StopNote } from './stop-note.tsx';
import { StopServer } from './stop-server.tsx';
import { CardUsage } from './usage-facts.tsx';

/** One server: what it is doing, since when, until when, and the one thing to do next. */
export function ServerCard({ shell, server }: { shell: Shell; server: ServerCardProps }) {
  const { t, now } = shell;
  return (
    <article class={`card server server-${server.state}`}>
      <header class="server-head">
        <h2>{server.label}</h2>
        <StateBadge t={t} state={server.state} />
      </header>
      {server.state === 'failed' && server.failure !== null ? (
        <FailureBox t={t} now={now} failure={server.failure} />
      ) : null}
      {server.state === 'stopped' && server.stopReason !== null ? (
        <StopNote t={t} now={now} reason={server.stopReason} />
      ) : null}
      {isOpen(server) ? <MachineNote shell={shell} server={server} /> : null}
      {isOpen(server) ? <IdleNote shell={shell} server={server} /> : null}
      <ServerFacts shell={shell} server={server} />
      {isOpen(server) ? <CardUsage t={t} server={server} /> : null}
      <Buttons shell={shell} server={server} />
      {isOpen(server) ? <OpenPort shell={shell} server={server} /> : null}
    </article>
  );
}

/** To the page where it is shared, with how many have it. */
function ShareServer({ shell, server }: { shell: Shell; server: ServerCardProps }) {
  const words = shell.t.share;
  if (server.share === undefined) return null;
  const { page, count } = server.share;
  return (
    <a class="button" href={page} aria-label={words.linkNamed(server.label, count)}>
      {count === 0 ? words.link : words.linkCount(count)}
    </a>
  );
}

function Buttons({ shell, server }: { shell: Shell; server: ServerCardProps }) {
  const { t } = shell;
  const { links, state } = server;
  if (isOpen(server)) {
    return (
      <div class="buttons">
        <a class="button primary" href={links.open}>
          {t.server.open}
        </a>
        {server.idle.warned ? null : <KeepServer shell={shell} server={server} />}
        <ShareServer shell={shell} server={server} />
        <StopServer shell={shell} label={server.label} action={links.stop} />
      </div>
    );
  }
  if (state === 'stopped' || state === 'failed') {
    return (
      <div class="buttons">
        <StartServer shell={shell} action={links.start} choose={server.choose}>
          {state === 'failed' || server.stopReason !== null ? t.server.startAgain : t.server.start}
        </StartServer>
        <ShareServer shell={shell} server={server} />
      </div>
    );
  }
  return (
    <div class="buttons">
      {state === 'stopping' ? null : (
        <a class="button primary" href={links.progress}>
          {t.server.watch}
        </a>
      )}
    </div>
  );
}

import { span } from '../format.ts';
import type { Shell } from '../props.ts';
import type { ServerCardProps } from '../server-props.ts';
import { Action } from './action.tsx';
import { Alert } from './alert.tsx';
import { usageId } from './usage-facts.tsx';

/** Of the part of a card that tells of a stop that is near. */
export function idleId(server: Pick<ServerCardProps, 'usagePage'>): string {
  return `idle-${usageId(server.usagePage)}`;
}

/** "Your server is idle and stops in 9 min", with the button that prevents it. Empty while nothing is near. */
export function IdleNote({ shell, server }: { shell: Shell; server: ServerCardProps }) {
  const { t, now } = shell;
  const { warned, stopsAt, why } = server.idle;
  return (
    <div id={idleId(server)} class="idle-note">
      {warned && stopsAt !== null ? (
        <Alert
          tone="warn"
          title={
            why === 'aged'
              ? t.idle.warnAged(server.label, span(t, stopsAt - now))
              : t.idle.warnIdle(server.label, span(t, stopsAt - now))
          }
        >
          <p>{t.idle.warnLoses}</p>
          <KeepServer shell={shell} server={server} look="button primary" />
        </Alert>
      ) : null}
    </div>
  );
}

interface KeepServerProps {
  readonly shell: Shell;
  readonly server: ServerCardProps;
  readonly look?: string;
}

/** A form, so that it needs no script. Nothing where it would change nothing. */
export function KeepServer({ shell, server, look = 'button' }: KeepServerProps) {
  const { t } = shell;
  const { keep, keepFor } = server.idle;
  if (keepFor === null) return null;
  const time = span(t, keepFor);
  return (
    <Action shell={shell} action={keep} look={look} name={t.idle.keepNamed(time, server.label)}>
      {t.idle.keep(time)}
    </Action>
  );
}

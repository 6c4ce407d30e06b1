import { span } from '../format.ts';
import type { Shell } from '../props.ts';
import type { ServerCardProps } from '../server-props.ts';
import { Alert } from './alert.tsx';
import { Icon } from './icon.tsx';
import { usageId } from './usage-facts.tsx';
import { When } from './when.tsx';

/** Of the part of a card that tells of the server's machine. */
export function machineId(server: Pick<ServerCardProps, 'usagePage'>): string {
  return `machine-${usageId(server.usagePage)}`;
}

/** That the machine of a server closes soon, or that it was moved to this one. Empty for nearly all. */
export function MachineNote({ shell, server }: { shell: Shell; server: ServerCardProps }) {
  const { t, now } = shell;
  const { machines: words } = t;
  const { closing = null, moved = null } = server;
  return (
    <div id={machineId(server)} class="idle-note">
      {closing === null ? null : (
        <Alert
          tone="warn"
          title={words.closing(server.label, closing.machine, span(t, Math.max(0, closing.at - now)))}
        >
          <p>{closing.moves ? words.closingMoves : words.closingStops}</p>
        </Alert>
      )}
      {moved === null ? null : (
        <p class="note">
          <Icon name="info" />
          <span>
            {words.moved[moved.why](moved.from)}, <When t={t} at={moved.at} now={now} as="ago" />.{' '}
            {words.movedLoses}
          </span>
        </p>
      )}
    </div>
  );
}

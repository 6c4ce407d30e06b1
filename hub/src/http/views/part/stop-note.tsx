import type { StopReason } from '../../../domain/server.ts';
import type { Messages } from '../messages/en.ts';
import { say } from '../say.ts';
import { Icon } from './icon.tsx';
import { When } from './when.tsx';

/** Why it is not running any more: "Stopped at 18:40. It was stopped to save resources: idle for 60 minutes." */
export function StopNote({ t, now, reason }: { t: Messages; now: number; reason: StopReason }) {
  const told = ['idle', 'aged', 'schedule', 'died', 'away', 'drained'].includes(reason.why);
  return (
    <p class="note">
      <Icon name="info" />
      <span>
        {t.server.stoppedAt} <When t={t} at={reason.at} now={now} as="ago" />. {t.server.stopped[reason.why]}
        {told && reason.detail !== '' ? ` ${say(t, reason.detail).replace(/\.?$/, '.')}` : null}{' '}
        {t.server.filesSafe}
      </span>
    </p>
  );
}

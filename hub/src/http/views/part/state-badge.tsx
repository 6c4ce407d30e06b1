import type { ServerState } from '../../../domain/server.ts';
import type { Messages } from '../messages/en.ts';
import { Icon, type IconName } from './icon.tsx';

const LOOK: Readonly<Record<ServerState, { icon: IconName; tone: string }>> = {
  stopped: { icon: 'stopped', tone: 'quiet' },
  queued: { icon: 'waiting', tone: 'busy' },
  pulling: { icon: 'download', tone: 'busy' },
  creating: { icon: 'waiting', tone: 'busy' },
  starting: { icon: 'waiting', tone: 'busy' },
  waiting: { icon: 'waiting', tone: 'busy' },
  ready: { icon: 'running', tone: 'good' },
  frozen: { icon: 'asleep', tone: 'good' },
  stopping: { icon: 'waiting', tone: 'busy' },
  failed: { icon: 'alert', tone: 'bad' },
};

/** Something is under way: what is shown will not be true for long. */
export const BUSY: ReadonlySet<ServerState> = new Set([
  'queued',
  'pulling',
  'creating',
  'starting',
  'waiting',
  'stopping',
]);

/** The one vocabulary for states: always word, icon and colour together. */
export function StateBadge({ t, state }: { t: Messages; state: ServerState }) {
  const { icon, tone } = LOOK[state];
  return (
    <span class={`state state-${tone}`}>
      <Icon name={icon} />
      {t.state[state]}
    </span>
  );
}

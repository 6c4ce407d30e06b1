import { isOpen } from '../../../domain/server.ts';
import { span } from '../format.ts';
import type { Shell } from '../props.ts';
import type { ServerCardProps } from '../server-props.ts';
import { When } from './when.tsx';

/** Since when it runs, when it was used last, what comes of it if nobody uses it, and what it is made of. */
export function ServerFacts({ shell, server }: { shell: Shell; server: ServerCardProps }) {
  const { t, now } = shell;
  const { idle, image, started, lastActivity } = server;
  const running = isOpen(server);
  if (!running && image === null) return null;
  const facts: readonly (readonly [string, number | null, 'since' | 'ago' | 'clock'])[] = running
    ? [
        [t.server.runningFor, started, 'since'],
        [t.server.lastActive, lastActivity, 'ago'],
        [t.idle.kept, idle.keptUntil, 'clock'],
        [t.idle.freezes, idle.freezesAt, 'clock'],
        [idle.why === 'aged' ? t.idle.agedStop : t.server.idleStop, idle.stopsAt, 'clock'],
      ]
    : [];
  return (
    <dl class="facts">
      {facts.map(([label, at, as]) =>
        at === null ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <When t={t} at={at} now={now} as={as} />
              {as === 'clock' ? <span class="quiet"> {t.server.idleStopIn(span(t, at - now))}</span> : null}
            </dd>
          </div>
        ),
      )}
      {server.machine == null ? null : (
        <div>
          <dt>{t.machines.machine}</dt>
          <dd>
            <bdi>{server.machine}</bdi>
          </dd>
        </div>
      )}
      {image === null ? null : (
        <div class="facts-wide">
          <dt>{t.server.image}</dt>
          <dd>
            <code>{image}</code>
          </dd>
        </div>
      )}
    </dl>
  );
}

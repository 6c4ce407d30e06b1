import { Layout } from './layout.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { ColumnHeads } from './part/column-heads.tsx';
import { PageHead } from './part/page-head.tsx';
import { When } from './part/when.tsx';
import type { Shell } from './props.ts';

export interface ScheduleProps {
  readonly name: string;
  readonly start: string;
  readonly stop: string | null;
  readonly timezone: string;
  /** Groups, people, profile and server, in one line. */
  readonly whom: string;
  readonly next: number | null;
  readonly last: {
    readonly at: number;
    readonly started: number;
    readonly running: number;
    readonly failed: number;
  } | null;
}

/** The schedules of the configuration, with what came of them last. */
export function SchedulesView({ shell, rows }: { shell: Shell; rows: readonly ScheduleProps[] }) {
  const { schedules: words } = shell.t;
  return (
    <Layout shell={shell} title={words.title} width="wide" current="admin">
      <PageHead title={words.title} lead={words.lead} />
      <AdminRooms shell={shell} here="schedules" />
      {rows.length === 0 ? null : <Table shell={shell} rows={rows} />}
    </Layout>
  );
}

function Table({ shell, rows }: { shell: Shell; rows: readonly ScheduleProps[] }) {
  const { t, now } = shell;
  const { schedules: words } = t;
  return (
    <table class="people">
      <ColumnHeads words={[words.name, words.start, words.stop, words.whom, words.next, words.last]} />
      <tbody>
        {rows.map(({ name, start, stop, timezone, whom, next, last }) => (
          <tr key={name}>
            <th scope="row">
              <bdi>{name}</bdi>
            </th>
            <td data-label={words.start}>
              <code>{start}</code> <span class="quiet">{timezone}</span>
            </td>
            <td data-label={words.stop}>{stop === null ? '–' : <code>{stop}</code>}</td>
            <td data-label={words.whom}>{whom}</td>
            <td data-label={words.next}>
              {next === null ? (
                words.seldom
              ) : (
                <>
                  <When t={t} at={next} now={now} as="date" /> <When t={t} at={next} now={now} as="clock" />
                </>
              )}
            </td>
            <td data-label={words.last}>
              {last === null ? (
                words.never
              ) : (
                <>
                  <When t={t} at={last.at} now={now} as="ago" />:{' '}
                  {words.ran(last.started, last.running, last.failed)}
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

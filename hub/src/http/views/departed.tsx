import type { DepartedProps } from './admin-props.ts';
import { Layout } from './layout.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { PageHead } from './part/page-head.tsx';
import { Sentence } from './part/sentence.tsx';
import { When } from './part/when.tsx';

/** What people who may not come in any more have left on this machine. */
export function DepartedView({ shell, departures }: DepartedProps) {
  const { t, now } = shell;
  return (
    <Layout shell={shell} title={t.departed.title} width="wide" current="admin">
      <PageHead title={t.departed.title} lead={t.departed.lead} />
      <AdminRooms shell={shell} here="departed" />
      {departures.length === 0 ? (
        <p class="card empty">{t.departed.none}</p>
      ) : (
        <table class="people">
          <thead>
            <tr>
              <th scope="col">{t.departed.columns.name}</th>
              <th scope="col">{t.departed.columns.left}</th>
              <th scope="col">{t.departed.columns.why}</th>
              <th scope="col">{t.departed.columns.volumes}</th>
            </tr>
          </thead>
          <tbody>
            {departures.map(({ user, at, why, volumes }) => (
              <tr key={user}>
                <th scope="row">
                  <bdi class="person-name">{user}</bdi>
                </th>
                <td data-label={t.departed.columns.left}>
                  <When t={t} at={at} now={now} as="date" />
                </td>
                <td data-label={t.departed.columns.why}>{t.departed.why[why]}</td>
                <td data-label={t.departed.columns.volumes}>
                  {volumes.map((volume) => (
                    <div key={volume}>
                      <code class="image">{volume}</code>
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div class="hint below">
        <Sentence text={t.departed.how} />
      </div>
    </Layout>
  );
}

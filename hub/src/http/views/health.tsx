import type { ProbeLevel, ProbeResult } from '../../domain/probe.ts';
import type { HealthProps } from './admin-props.ts';
import { Layout } from './layout.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { Alert } from './part/alert.tsx';
import { Icon } from './part/icon.tsx';
import { PageHead } from './part/page-head.tsx';
import { When } from './part/when.tsx';
import { Xsrf } from './part/xsrf.tsx';

const LOOK = {
  ok: { icon: 'check', tone: 'good' },
  warn: { icon: 'alert', tone: 'busy' },
  fail: { icon: 'alert', tone: 'bad' },
} as const;
const WORST_FIRST: readonly ProbeLevel[] = ['fail', 'warn', 'ok'];

/** The doctor's list: what is wrong stands first. */
export function HealthView({ shell, at, results }: HealthProps) {
  const { t, baseUrl, now } = shell;
  const sorted = WORST_FIRST.flatMap((level) => results.filter((result) => result.level === level));
  return (
    <Layout shell={shell} title={t.health.title} width="wide" current="admin">
      <PageHead title={t.health.title} lead={t.health.lead} />
      <AdminRooms shell={shell} here="health" />
      <Summary shell={shell} at={at} results={results} />
      <form class="health-look" method="post" action={`${baseUrl}hub/admin/health`}>
        <Xsrf word={shell.xsrf} />
        <button class="button" type="submit">
          {t.health.again}
        </button>
        <span class="quiet">
          {t.health.looked} <When t={t} at={at} now={now} as="ago" />
        </span>
      </form>
      <table class="people health">
        <thead>
          <tr>
            <th scope="col">{t.health.columns.what}</th>
            <th scope="col">{t.health.columns.state}</th>
            <th scope="col">{t.health.columns.found}</th>
            <th scope="col">{t.health.columns.code}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((result) => (
            <Row key={result.code} shell={shell} result={result} />
          ))}
        </tbody>
      </table>
    </Layout>
  );
}

function Summary({ shell, results }: HealthProps) {
  const { t } = shell;
  const count = (level: ProbeLevel) => results.filter((result) => result.level === level).length;
  const [failures, warnings] = [count('fail'), count('warn')];
  if (failures + warnings === 0) return <Alert tone="good">{t.health.all(results.length)}</Alert>;
  return <Alert tone={failures > 0 ? 'bad' : 'warn'}>{t.health.some(failures, warnings)}</Alert>;
}

function Row({ shell, result }: { shell: HealthProps['shell']; result: ProbeResult }) {
  const { t } = shell;
  const { columns, levels } = t.health;
  const { icon, tone } = LOOK[result.level];
  return (
    <tr>
      <th scope="row">
        <span lang="en">{result.title}</span>
      </th>
      <td data-label={columns.state}>
        <span class={`state state-${tone}`}>
          <Icon name={icon} />
          {levels[result.level]}
        </span>
      </td>
      <td data-label={columns.found} lang="en">
        {result.says}
        {result.level === 'ok' || result.next === '' ? null : <div class="quiet">{result.next}</div>}
      </td>
      <td data-label={columns.code} class="numbers">
        <code>{result.code}</code>
      </td>
    </tr>
  );
}

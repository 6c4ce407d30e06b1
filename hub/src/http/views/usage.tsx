import { USAGE_SPANS } from '../../domain/usage.ts';
import { bytes, number } from './amounts.ts';
import { span } from './format.ts';
import { Layout } from './layout.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { Chart } from './part/chart.tsx';
import { Lacks } from './part/lacks.tsx';
import { PageHead } from './part/page-head.tsx';
import type { UsageLiveProps, UsagePageProps } from './usage-props.ts';

/** What a server, or the machine, used over time. The URL is the whole state. */
export function UsageView({ live, title, every, span: wanted, path, stream, machine }: UsagePageProps) {
  const { shell } = live;
  const { t } = shell;
  return (
    <Layout
      shell={shell}
      title={title}
      width={machine ? 'wide' : 'normal'}
      current={machine ? 'admin' : 'home'}
      scripts={['live.js']}
    >
      <PageHead title={title} lead={t.usage.lead(span(t, every))} />
      {machine ? <AdminRooms shell={shell} here="usage" /> : null}
      <nav class="rooms" aria-label={t.usage.span}>
        {USAGE_SPANS.map((one) => (
          <a
            key={one}
            class="button small"
            href={one === '1h' ? path : `${path}?span=${one}`}
            aria-current={one === wanted ? 'page' : undefined}
          >
            {t.usage.spans[one]}
          </a>
        ))}
      </nav>
      <Lacks shell={shell} what="usage" />
      <div data-rows={stream}>
        <UsageLive {...live} />
      </div>
    </Layout>
  );
}

/** What is renewed after each look. */
export function UsageLive({ shell, state, charts, notes, biggest }: UsageLiveProps) {
  const { t } = shell;
  if (state !== 'measured') {
    const words = { none: t.usage.none, off: t.usage.off, stopped: t.usage.notRunning }[state];
    return (
      <p id="usage" class="card empty">
        {words}
      </p>
    );
  }
  return (
    <div id="usage" class="stack">
      {charts.map((chart) => (
        <Chart key={chart.id} t={t} now={shell.now} chart={chart} title={t.usage[chart.id]} />
      ))}
      {notes.map((note) => (
        <p key={note} class="quiet">
          {note}
        </p>
      ))}
      {biggest.length === 0 ? null : (
        <section class="card">
          <h2>{t.usage.biggest}</h2>
          <ul class="rows">
            {biggest.map(({ label, href, cores, memory }) => (
              <li key={href} class="row">
                <a href={href}>
                  <bdi>{label}</bdi>
                </a>
                <span class="numbers quiet">
                  {cores === null ? '' : `${t.usage.coresOnly(number(t, cores))}, `}
                  {bytes(t, memory)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

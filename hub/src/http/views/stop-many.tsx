import { ago } from './format.ts';
import { Layout } from './layout.tsx';
import { Alert } from './part/alert.tsx';
import { StateBadge } from './part/state-badge.tsx';
import { Xsrf } from './part/xsrf.tsx';
import type { StopManyProps, StoppedManyProps } from './servers-props.ts';

/** Asks before many servers are stopped: which, and what is lost. */
export function StopManyView({ shell, servers, cut, back }: StopManyProps) {
  const { t, now } = shell;
  const title = t.servers.stopTitle(servers.length);
  return (
    <Layout shell={shell} title={title} current="admin">
      <div class="card door">
        <h1>{title}</h1>
        {servers.length === 0 ? <p>{t.servers.stopNone}</p> : <p>{t.servers.stopLoses}</p>}
        {cut === null ? null : (
          <Alert tone="warn">
            <p>{t.servers.tooMany(cut)}</p>
          </Alert>
        )}
        <form method="post" action={`${shell.baseUrl}hub/admin/servers/stop`}>
          <Xsrf word={shell.xsrf} />
          <input type="hidden" name="back" value={back} />
          <input type="hidden" name="sure" value="yes" />
          <ul class="rows">
            {servers.map(({ key, label, state, lastActivity }) => (
              <li key={key} class="row">
                <input type="hidden" name="server" value={key} />
                <bdi>{label}</bdi>
                <span class="line-state">
                  {lastActivity === null ? null : (
                    <span class="quiet">{t.servers.active(ago(t, lastActivity, now))}</span>
                  )}{' '}
                  <StateBadge t={t} state={state} />
                </span>
              </li>
            ))}
          </ul>
          <div class="buttons">
            <a class="button" href={back}>
              {t.servers.keep}
            </a>
            {servers.length === 0 ? null : (
              <button class="button danger" type="submit">
                {t.servers.stopConfirm(servers.length)}
              </button>
            )}
          </div>
        </form>
      </div>
    </Layout>
  );
}

/** What became of each. */
export function StoppedManyView({ shell, results, back }: StoppedManyProps) {
  const { t } = shell;
  const title = t.servers.stoppedTitle(results.filter(({ result }) => result === 'stopped').length);
  return (
    <Layout shell={shell} title={title} current="admin">
      <div class="card door">
        <h1>{title}</h1>
        <ul class="rows">
          {results.map(({ label, result, words }) => (
            <li key={label} class="row">
              <bdi>{label}</bdi>
              <span class={result === 'refused' ? 'result-bad' : 'quiet'}>
                {t.servers.results[result]}
                {words === '' ? '' : `: ${words}`}
              </span>
            </li>
          ))}
        </ul>
        <div class="buttons">
          <a class="button primary" href={back}>
            {t.servers.back}
          </a>
        </div>
      </div>
    </Layout>
  );
}

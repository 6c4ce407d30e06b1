import type { Messages } from '../messages/en.ts';
import type { FailureProps } from '../server-props.ts';
import { Icon } from './icon.tsx';
import { Sentence } from './sentence.tsx';
import { When } from './when.tsx';

/** Why a start failed: words for everybody, the engine's words for administrators, the log's end as text. */
export function FailureBox({ t, now, failure }: { t: Messages; now: number; failure: FailureProps }) {
  return (
    <section class="failure" role="alert" aria-labelledby="failure-title">
      <Icon name="alert" />
      <div>
        <h2 id="failure-title">{failure.title}</h2>
        <p>{failure.user}</p>
        <p class="fine">
          {t.failure.code} <code>{failure.code}</code>, <When t={t} at={failure.at} now={now} as="clock" />.{' '}
          {failure.admin === null ? t.failure.copyHint : null}
        </p>
        <ForAdmin t={t} failure={failure} />
        {failure.log.length === 0 ? null : (
          <details class="log" open={!failure.code.startsWith('RUN-')}>
            <summary>{t.failure.logTitle(failure.log.length)}</summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <div class="log-end" tabIndex={0}>
              <pre>{failure.log.join('\n')}</pre>
            </div>
          </details>
        )}
      </div>
    </section>
  );
}

function ForAdmin({ t, failure }: { t: Messages; failure: FailureProps }) {
  const { admin } = failure;
  if (admin === null) return null;
  return (
    <div class="for-admin" lang="en">
      <h3 lang={t.lang}>{t.failure.forAdmin}</h3>
      <Sentence text={admin.sentence} />
      <dl class="facts" lang={t.lang}>
        {admin.exitCode === null ? null : (
          <div>
            <dt>{t.failure.exitCode}</dt>
            <dd>
              {String(admin.exitCode)}
              {admin.outOfMemory ? ` (${t.failure.outOfMemory})` : null}
            </dd>
          </div>
        )}
        {admin.detail === '' ? null : (
          <div class="facts-wide">
            <dt>{t.failure.engine}</dt>
            <dd>
              <code>{admin.detail}</code>
            </dd>
          </div>
        )}
      </dl>
    </div>
  );
}

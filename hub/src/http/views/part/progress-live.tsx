import type { ProgressLiveProps } from '../server-props.ts';
import { Steps } from './steps.tsx';
import { When } from './when.tsx';

/** What the event stream renews: the same component in the first page and in every event. */
export function ProgressLive({ t, now, steps, percent, message, since, ready, log }: ProgressLiveProps) {
  const step = steps.find(({ status }) => status === 'now');
  return (
    <>
      {/* Told to screen readers step by step; the message below changes several times a second. */}
      <p class="visually-hidden" role="status">
        {ready !== null ? t.progress.ready : step === undefined ? null : t.progress.steps[step.name]}
      </p>
      <Steps t={t} now={now} steps={steps} />
      <progress class="bar" max={100} value={percent} aria-label={t.progress.bar}>
        {`${percent} %`}
      </progress>
      <p class="bar-line">
        <span>{ready === null ? message : t.progress.ready}</span>
        <span class="numbers">
          {`${percent} %`} · {t.progress.elapsed} <When t={t} at={since} now={now} as="since" />
        </span>
      </p>
      {log.length === 0 || ready !== null ? null : (
        <figure class="log start-log">
          <figcaption>{t.startLog.title}</figcaption>
          <pre>{log.join('\n')}</pre>
        </figure>
      )}
      {ready === null ? null : (
        <a class="button primary" href={ready}>
          {t.progress.goNow}
        </a>
      )}
    </>
  );
}

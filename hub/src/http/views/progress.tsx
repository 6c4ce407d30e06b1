import { Layout } from './layout.tsx';
import { Action } from './part/action.tsx';
import { PageHead } from './part/page-head.tsx';
import { ProgressLive } from './part/progress-live.tsx';
import type { ProgressProps, StoppingProps } from './server-props.ts';

/** A start under way. Without scripts it asks again every two seconds; the start itself needs no page. */
export function ProgressView({ shell, label, live, stream, cancel }: ProgressProps) {
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.progress.tabTitle(live.percent)} scripts={['live.js']} refresh={2}>
      <PageHead title={t.progress.title(label)} lead={t.progress.lead} />
      <div class="card">
        <p class="lost" role="alert" hidden data-lost>
          {t.shell.lost}
        </p>
        <div data-live={stream}>
          <ProgressLive {...live} />
        </div>
        <div class="buttons buttons-end">
          <Action shell={shell} action={cancel}>
            {t.progress.cancel}
          </Action>
        </div>
      </div>
    </Layout>
  );
}

/** A stop under way: the page goes on by itself when it is over. */
export function StoppingView({ shell, label, stream }: StoppingProps) {
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.progress.stoppingTab} scripts={['live.js']} refresh={2}>
      <div class="card center" data-live={stream}>
        <span class="spinner" aria-hidden="true" />
        <h1>{t.progress.stoppingTitle(label)}</h1>
        <p class="lead" role="status">
          {t.progress.stoppingLead}
        </p>
      </div>
    </Layout>
  );
}

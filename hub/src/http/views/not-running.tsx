import { Layout } from './layout.tsx';
import { FailureBox } from './part/failure-box.tsx';
import { PageHead } from './part/page-head.tsx';
import { StartServer } from './part/start-server.tsx';
import { StopNote } from './part/stop-note.tsx';
import type { NotRunningProps } from './server-props.ts';

/** Somebody came for a server that is not there: why, and the way back to where they wanted to be. */
export function NotRunningView(props: NotRunningProps) {
  const { shell, label, start, askOwner, choose, next, stopReason, failure } = props;
  const { t, now } = shell;
  const failed = failure !== null;
  // It ran before: then it did not fail to start.
  const ended = failure?.code.startsWith('RUN-') === true;
  const told = ended ? t.notRunning.endedTitle : failed ? t.notRunning.failedTitle : t.notRunning.title;
  const plain = failed ? undefined : t.notRunning.lead;
  const lead = askOwner === undefined ? plain : t.share.askOwner(askOwner);
  return (
    <Layout shell={shell} title={failed && !ended ? t.progress.failedTab : t.progress.notRunningTab}>
      <PageHead title={told(label)} lead={lead} />
      <div class="card">
        {failure === null ? null : <FailureBox t={t} now={now} failure={failure} />}
        {failed || stopReason === null ? null : <StopNote t={t} now={now} reason={stopReason} />}
        {next === null ? null : (
          <p class="fine wanted">
            {t.notRunning.target} <code>{next}</code>
          </p>
        )}
        <div class="buttons">
          {askOwner !== undefined ? null : (
            <StartServer shell={shell} action={start} choose={choose} next={next}>
              {failed && !ended ? t.notRunning.tryAgain : t.notRunning.start}
            </StartServer>
          )}
          <a class="button" href={`${shell.baseUrl}hub/home`}>
            {t.notRunning.home}
          </a>
        </div>
      </div>
    </Layout>
  );
}

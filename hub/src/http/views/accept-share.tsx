import { Layout } from './layout.tsx';
import { When } from './part/when.tsx';
import { Xsrf } from './part/xsrf.tsx';
import type { AcceptShareProps } from './share-props.ts';

/** Asked before somebody takes up a link with which a server is shared. */
export function AcceptShareView(props: AcceptShareProps) {
  const { shell, owner, label, kind, running, until, action, code } = props;
  const { t, now } = shell;
  const words = t.share;
  return (
    <Layout shell={shell} title={words.acceptTitle(owner)} width="narrow">
      <div class="card door">
        <h1>{words.acceptTitle(owner)}</h1>
        <p class="lead">{words.acceptLead(label)}</p>
        <p>{words.acceptMeans[kind]}</p>
        {until === null ? null : (
          <p>
            {words.acceptUntil} <When t={t} at={until} now={now} as="date" />.
          </p>
        )}
        {running ? null : <p>{words.notRunning(owner)}</p>}
        <form class="stack" method="post" action={action}>
          <Xsrf word={shell.xsrf} />
          <input type="hidden" name="code" value={code} />
          <button class="button primary wide" type="submit">
            {words.accept}
          </button>
        </form>
        <a class="button wide" href={`${shell.baseUrl}hub/home`}>
          {words.decline}
        </a>
      </div>
    </Layout>
  );
}

import { Layout } from './layout.tsx';
import { Sentence } from './part/sentence.tsx';
import type { ErrorProps } from './props.ts';

/** What happened, what to do, and the number under which the log knows it. */
export function ErrorView({ shell, status, title, user, admin, number, home }: ErrorProps) {
  const { t } = shell;
  return (
    <Layout shell={shell} title={title} width="narrow">
      <div class="card door">
        <p class="eyebrow">{t.error.status(status)}</p>
        <h1>{title}</h1>
        <p class="lead">{user}</p>
        {admin === null ? null : (
          <div class="for-admin" lang="en">
            <h2 lang={t.lang}>{t.error.forAdmin}</h2>
            <Sentence text={admin} />
          </div>
        )}
        {number === null ? null : (
          <p class="fine">
            {t.error.number} <code class="number">{number}</code>
            <br />
            {t.error.numberHint}
          </p>
        )}
        <a class="button primary wide" href={`${shell.baseUrl}hub/${home ? 'home' : 'login'}`}>
          {home ? t.error.goHome : t.error.signIn}
        </a>
      </div>
    </Layout>
  );
}

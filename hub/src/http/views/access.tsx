import { Layout } from './layout.tsx';
import { Xsrf } from './part/xsrf.tsx';
import type { AccessProps } from './sign-in-props.ts';

/** Asked before somebody opens another person's server for the first time. */
export function AccessView({ shell, label, client, owner, action, scopes }: AccessProps) {
  const { t, person } = shell;
  return (
    <Layout shell={shell} title={t.access.title(label)} width="narrow">
      <div class="card door">
        <h1>{t.access.title(label)}</h1>
        <p class="lead">{t.access.asYou(person?.name ?? '', owner)}</p>
        <p>{t.access.lead(client)}</p>
        <form class="stack" method="post" action={action}>
          <Xsrf word={shell.xsrf} />
          <div class="panel">
            <h2>{t.access.may}</h2>
            <ul class="plain">
              {scopes.map((scope) => (
                <li key={scope.name}>
                  <input type="hidden" name="scopes" value={scope.name} />
                  {scope.sentence} <code class="quiet">{scope.name}</code>
                </li>
              ))}
            </ul>
          </div>
          <button class="button primary wide" type="submit">
            {t.access.allow}
          </button>
        </form>
        <a class="button wide" href={`${shell.baseUrl}hub/home`}>
          {t.access.cancel}
        </a>
      </div>
    </Layout>
  );
}

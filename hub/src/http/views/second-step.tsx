import { Layout } from './layout.tsx';
import { Alert } from './part/alert.tsx';
import { CodeField } from './part/code-field.tsx';
import { Xsrf } from './part/xsrf.tsx';
import type { SecondStepProps } from './sign-in-props.ts';

/** After the right password, for accounts with a second step. */
export function SecondStepView({ shell, step, next, error }: SecondStepProps) {
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.secondStep.title} width="narrow">
      <div class="card door">
        <h1>{t.secondStep.title}</h1>
        <p class="lead">{t.secondStep.lead}</p>
        {error === undefined ? null : (
          <Alert tone="bad" title={error.title}>
            <p>{error.user}</p>
          </Alert>
        )}
        <form class="stack" method="post" action={`${shell.baseUrl}hub/login/code`}>
          <Xsrf word={shell.xsrf} />
          <input type="hidden" name="step" value={step} />
          {next === null ? null : <input type="hidden" name="next" value={next} />}
          <CodeField
            id="code"
            label={t.secondStep.code}
            hint={t.secondStep.codeHint}
            invalid={error !== undefined}
            recovery
          />
          <button class="button primary wide" type="submit">
            {t.secondStep.submit}
          </button>
        </form>
        <a class="button wide" href={`${shell.baseUrl}hub/login`}>
          {t.secondStep.back}
        </a>
      </div>
    </Layout>
  );
}

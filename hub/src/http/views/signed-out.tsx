import { Layout } from './layout.tsx';
import { Alert } from './part/alert.tsx';
import type { SignedOutProps } from './sign-in-props.ts';

/** Rules: nobody is told that they are out while another door still stands open. */
export function SignedOutView({ shell, goOn, still }: SignedOutProps) {
  const { t, baseUrl } = shell;
  return (
    <Layout shell={shell} title={t.signedOut.title} width="narrow">
      <div class="card door">
        <h1>{t.signedOut.title}</h1>
        {goOn === null ? (
          <p class="lead">{t.signedOut.lead}</p>
        ) : (
          <>
            <p class="lead">{t.signedOut.goingOn(goOn.label)}</p>
            <a class="button primary wide" href={goOn.href}>
              {t.signedOut.goOn(goOn.label)}
            </a>
          </>
        )}
        {still === null ? null : (
          <Alert tone="warn">
            <p>{t.signedOut.still(still)}</p>
          </Alert>
        )}
        {goOn === null ? (
          <a class="button primary wide" href={`${baseUrl}hub/login`}>
            {t.signedOut.again}
          </a>
        ) : null}
      </div>
    </Layout>
  );
}

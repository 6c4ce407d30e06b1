import type { RecoveryCodesProps, SecondFactorProps } from './account-props.ts';
import { Layout } from './layout.tsx';
import { Alert } from './part/alert.tsx';
import { CodeField } from './part/code-field.tsx';
import { QrCode } from './part/qr-code.tsx';
import { Xsrf } from './part/xsrf.tsx';

/** The secret, as a picture and in letters, and the first code that proves that the app has it. */
export function SecondFactorView({ shell, secret, qr, error }: SecondFactorProps) {
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.secondFactor.title} width="narrow" current="account">
      <div class="card door">
        <h1>{t.secondFactor.title}</h1>
        <p class="lead">{t.secondFactor.lead}</p>
        {error === undefined ? null : (
          <Alert tone="bad" title={error.title}>
            <p>{error.user}</p>
          </Alert>
        )}
        <QrCode modules={qr} label={t.secondFactor.qr} />
        <p>
          {t.secondFactor.byHand} <code class="number">{secret}</code>
        </p>
        <form class="stack" method="post" action={`${shell.baseUrl}hub/account/second-step`}>
          <Xsrf word={shell.xsrf} />
          <CodeField
            id="code"
            label={t.secondFactor.code}
            hint={t.secondFactor.codeHint}
            invalid={error !== undefined}
          />
          <button class="button primary wide" type="submit">
            {t.secondFactor.submit}
          </button>
        </form>
        <a class="button wide" href={`${shell.baseUrl}hub/account`}>
          {t.secondFactor.cancel}
        </a>
      </div>
    </Layout>
  );
}

/** Shown this once. */
export function RecoveryCodesView({ shell, codes }: RecoveryCodesProps) {
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.recovery.title} width="narrow" current="account">
      <div class="card door">
        <h1>{t.recovery.title}</h1>
        <p class="lead">{t.recovery.lead}</p>
        <ul class="codes">
          {codes.map((code) => (
            <li key={code}>
              <code class="number">{code}</code>
            </li>
          ))}
        </ul>
        <p class="fine">{t.recovery.careful}</p>
        <a class="button primary wide" href={`${shell.baseUrl}hub/account`}>
          {t.recovery.done}
        </a>
      </div>
    </Layout>
  );
}

import { Layout } from './layout.tsx';
import type { SignedOutProps } from './props.ts';

export function SignedOutView({ shell }: SignedOutProps) {
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.signedOut.title} width="narrow">
      <div class="card door">
        <h1>{t.signedOut.title}</h1>
        <p class="lead">{t.signedOut.lead}</p>
        <a class="button primary wide" href={`${shell.baseUrl}hub/login`}>
          {t.signedOut.again}
        </a>
      </div>
    </Layout>
  );
}

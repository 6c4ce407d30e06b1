import type { InvitationProps } from './admin-props.ts';
import { Layout } from './layout.tsx';

/** A one-time link, shown to the administrator once, to be sent on. */
export function InvitationView({ shell, name, link, days }: InvitationProps) {
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.invitation.title(name)} width="narrow" current="admin">
      <div class="card door">
        <h1>{t.invitation.title(name)}</h1>
        <p class="lead">{t.invitation.lead(name, days)}</p>
        <p class="copy" data-copy={link}>
          <code class="number">{link}</code>
          <button class="button" type="button" hidden data-done={t.tokens.copied}>
            {t.tokens.copy}
          </button>
        </p>
        <p class="fine">{t.invitation.careful}</p>
        <a class="button wide" href={`${shell.baseUrl}hub/admin`}>
          {t.invitation.back}
        </a>
      </div>
    </Layout>
  );
}

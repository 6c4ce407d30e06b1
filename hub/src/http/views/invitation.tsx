import type { InvitationProps } from './admin-props.ts';
import { Layout } from './layout.tsx';
import { Copy } from './part/copy.tsx';

/** A one-time link, shown to the administrator once, to be sent on. */
export function InvitationView({ shell, name, link, days }: InvitationProps) {
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.invitation.title(name)} width="narrow" current="admin">
      <div class="card door">
        <h1>{t.invitation.title(name)}</h1>
        <p class="lead">{t.invitation.lead(name, days)}</p>
        <Copy t={t} word={link} />
        <p class="fine">{t.invitation.careful}</p>
        <a class="button wide" href={`${shell.baseUrl}hub/admin`}>
          {t.invitation.back}
        </a>
      </div>
    </Layout>
  );
}

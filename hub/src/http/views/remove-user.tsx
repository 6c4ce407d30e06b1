import type { RemoveUserProps } from './admin-props.ts';
import { Layout } from './layout.tsx';
import { Action } from './part/action.tsx';

/** The sentence before the deed: what is lost, what is kept. */
export function RemoveUserView({ shell, name, running, action }: RemoveUserProps) {
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.removeUser.title(name)} width="narrow" current="admin">
      <div class="card door">
        <h1>{t.removeUser.title(name)}</h1>
        <p class="lead">{t.removeUser.lead}</p>
        <ul class="bullets">
          <li>{t.removeUser.servers(running)}</li>
          <li>{t.removeUser.sessions}</li>
          <li>{t.removeUser.files}</li>
          <li>{t.removeUser.userlist}</li>
        </ul>
        <div class="buttons">
          <a class="button" href={`${shell.baseUrl}hub/admin`}>
            {t.removeUser.cancel}
          </a>
          <Action shell={shell} action={action} look="button danger">
            {t.removeUser.confirm(name)}
          </Action>
        </div>
      </div>
    </Layout>
  );
}

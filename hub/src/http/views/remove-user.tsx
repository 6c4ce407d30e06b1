import type { RemoveUserProps } from './admin-props.ts';
import { Layout } from './layout.tsx';
import { Xsrf } from './part/xsrf.tsx';

/** The sentence before the deed: what is lost, what is kept. */
export function RemoveUserView({ shell, name, running, action, volumes }: RemoveUserProps) {
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
        <form class="stack" method="post" action={action}>
          <Xsrf word={shell.xsrf} />
          {volumes.length === 0 ? null : (
            <label class="check">
              <input type="checkbox" name="volumes" value="yes" /> {t.volumes.alsoDelete(volumes.join(', '))}
            </label>
          )}
          <div class="buttons">
            <a class="button" href={`${shell.baseUrl}hub/admin`}>
              {t.removeUser.cancel}
            </a>
            <button class="button danger" type="submit">
              {t.removeUser.confirm(name)}
            </button>
          </div>
        </form>
      </div>
    </Layout>
  );
}

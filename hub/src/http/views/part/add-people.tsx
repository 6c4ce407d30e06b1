import type { AdminProps } from '../admin-props.ts';
import { NamesField } from './names-field.tsx';
import { Xsrf } from './xsrf.tsx';

export function AddPeople({ shell, names, error }: AdminProps) {
  const { t } = shell;
  return (
    <details class="card add" open={error !== null}>
      <summary>
        <h2>{t.admin.addTitle}</h2>
      </summary>
      <form class="stack" method="post" action={`${shell.baseUrl}hub/admin/add`}>
        <Xsrf word={shell.xsrf} />
        <NamesField id="names" label={t.admin.names} hint={t.admin.addLead} value={names} />
        <label class="check">
          <input type="checkbox" name="admin" value="yes" /> {t.admin.asAdmin}
        </label>
        <div>
          <button class="button primary" type="submit">
            {t.admin.add}
          </button>
        </div>
      </form>
    </details>
  );
}

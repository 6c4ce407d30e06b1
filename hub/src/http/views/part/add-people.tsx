import type { AdminProps } from '../admin-props.ts';
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
        <div class="field">
          <label for="names">{t.admin.names}</label>
          <p class="hint" id="names-hint">
            {t.admin.addLead}
          </p>
          <textarea
            id="names"
            name="names"
            rows={4}
            spellcheck={false}
            autocapitalize="none"
            required
            aria-describedby="names-hint"
          >
            {names}
          </textarea>
        </div>
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

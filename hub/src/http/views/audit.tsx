import { AUDIT_KINDS } from '../../domain/audit.ts';
import type { AuditProps } from './admin-props.ts';
import { Layout } from './layout.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { When } from './part/when.tsx';

/** The latest lines of the audit log. The URL is the whole state. */
export function AuditView(props: AuditProps) {
  const { shell, entries } = props;
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.audit.title} width="wide" current="admin">
      <div class="page-head">
        <h1>{t.audit.title}</h1>
        <p class="lead">{t.audit.lead(props.limit)}</p>
      </div>
      <AdminRooms shell={shell} here="audit" />
      <Filter {...props} />
      {entries.length === 0 ? <p class="card empty">{t.audit.none}</p> : <Entries {...props} />}
    </Layout>
  );
}

function Filter({ shell, query }: AuditProps) {
  const { t } = shell;
  return (
    <search>
      <form class="filter" method="get" action={`${shell.baseUrl}hub/admin/audit`}>
        <div class="field">
          <label for="who">{t.audit.who}</label>
          <input id="who" name="who" type="search" value={query.who} maxLength={64} autocapitalize="none" />
        </div>
        <div class="field">
          <label for="what">{t.audit.what}</label>
          <select id="what" name="what">
            <option value="">{t.audit.everything}</option>
            {AUDIT_KINDS.map((kind) => (
              <option key={kind} value={kind} selected={kind === query.what}>
                {t.audit.kinds[kind]}
              </option>
            ))}
          </select>
        </div>
        <button class="button" type="submit">
          {t.admin.apply}
        </button>
      </form>
    </search>
  );
}

function Entries({ shell, entries }: AuditProps) {
  const { t, now } = shell;
  const { columns } = t.audit;
  return (
    <table class="people">
      <thead>
        <tr>
          <th scope="col">{columns.when}</th>
          <th scope="col">{columns.what}</th>
          <th scope="col">{columns.by}</th>
          <th scope="col">{columns.on}</th>
          <th scope="col">{columns.detail}</th>
          <th scope="col">{columns.address}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={`${entry.at} ${entry.what} ${entry.by} ${entry.detail}`}>
            <th scope="row">
              <When t={t} at={entry.at} now={now} as="ago" />
            </th>
            <td data-label={columns.what}>{t.audit.kinds[entry.what]}</td>
            <td data-label={columns.by}>
              <bdi>{entry.by}</bdi>
            </td>
            <td data-label={columns.on}>
              <bdi>{entry.on}</bdi>
            </td>
            <td data-label={columns.detail}>
              <bdi class="quiet">{entry.detail}</bdi>
            </td>
            <td data-label={columns.address}>
              <bdi class="quiet">{entry.address}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { AUDIT_KINDS } from '../../domain/audit.ts';
import type { AuditProps } from './admin-props.ts';
import { Layout } from './layout.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { FilterForm } from './part/filter-form.tsx';
import { PageHead } from './part/page-head.tsx';
import { When } from './part/when.tsx';

/** The latest lines of the audit log. The URL is the whole state. */
export function AuditView(props: AuditProps) {
  const { shell, entries } = props;
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.audit.title} width="wide" current="admin">
      <PageHead title={t.audit.title} lead={t.audit.lead(props.limit)} />
      <AdminRooms shell={shell} here="audit" />
      <Filter {...props} />
      {entries.length === 0 ? <p class="card empty">{t.audit.none}</p> : <Entries {...props} />}
    </Layout>
  );
}

function Filter({ shell, query }: AuditProps) {
  const { t } = shell;
  const { who, what, everything, kinds } = t.audit;
  return (
    <FilterForm
      t={t}
      action={`${shell.baseUrl}hub/admin/audit`}
      search={{ name: 'who', label: who, value: query.who }}
      choices={[
        {
          name: 'what',
          label: what,
          value: query.what ?? '',
          options: [
            { value: '', label: everything },
            ...AUDIT_KINDS.map((kind) => ({ value: kind, label: kinds[kind] })),
          ],
        },
      ]}
    />
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

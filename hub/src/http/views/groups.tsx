import type { GroupsProps } from './groups-props.ts';
import { Layout } from './layout.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { Field } from './part/field.tsx';
import { PageHead } from './part/page-head.tsx';
import { When } from './part/when.tsx';
import { Xsrf } from './part/xsrf.tsx';

/** All groups that somebody may see, and making one. */
export function GroupsView(props: GroupsProps) {
  const { shell, groups, managed } = props;
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.groups.title} width="wide" current="admin">
      <PageHead
        title={t.groups.title}
        lead={managed ? t.groups.managed : t.groups.lead}
        notice={props.notice}
        error={props.error}
      />
      <AdminRooms shell={shell} here="groups" />
      {groups.length === 0 ? <p class="card empty">{t.groups.none}</p> : <Table {...props} />}
      <MakeGroup {...props} />
    </Layout>
  );
}

function Table({ shell, groups }: GroupsProps) {
  const { t, now } = shell;
  const { columns } = t.groups;
  return (
    <table class="people">
      <thead>
        <tr>
          <th scope="col">{columns.name}</th>
          <th scope="col">{columns.members}</th>
          <th scope="col">{columns.roles}</th>
          <th scope="col">{columns.created}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr key={group.name}>
            <th scope="row">
              <a href={group.href}>
                <bdi class="person-name">{group.name}</bdi>
              </a>
            </th>
            <td data-label={columns.members}>{t.groups.count(group.members)}</td>
            <td data-label={columns.roles}>
              {group.roles.map((role) => (
                <code key={role} class="quiet">
                  {role}{' '}
                </code>
              ))}
            </td>
            <td data-label={columns.created}>
              <When t={t} at={group.created} now={now} as="date" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function MakeGroup({ shell, make, name, error }: GroupsProps) {
  const { t } = shell;
  if (make === null) return null;
  return (
    <form class="card stack below" method="post" action={make}>
      <h2>{t.groups.makeTitle}</h2>
      <Xsrf word={shell.xsrf} />
      <Field id="name" label={t.groups.name} hint={t.groups.nameHint} invalid={error !== null}>
        {(control) => (
          <input
            {...control}
            name="name"
            value={name}
            maxLength={255}
            required
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
          />
        )}
      </Field>
      <div>
        <button class="button primary" type="submit">
          {t.groups.make}
        </button>
      </div>
    </form>
  );
}

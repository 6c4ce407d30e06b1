import type { GroupProps } from './groups-props.ts';
import { Layout } from './layout.tsx';
import { Action } from './part/action.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { Confirm } from './part/confirm.tsx';
import { NamesField } from './part/names-field.tsx';
import { PageHead } from './part/page-head.tsx';
import { Xsrf } from './part/xsrf.tsx';

/** One group: who is in it, adding many at once with a result each, and its end. */
export function GroupView(props: GroupProps) {
  const { shell, name, managed, remove, members } = props;
  const { t } = shell;
  const title = t.groups.titleOf(name);
  return (
    <Layout shell={shell} title={title} width="wide" current="admin">
      <PageHead
        title={title}
        lead={managed ? t.groups.managed : t.groups.lead}
        notice={props.notice}
        error={props.error}
      />
      <AdminRooms shell={shell} here="groups" />
      <div class="stack">
        <Results {...props} />
        <Members {...props} />
        <AddMembers {...props} />
        <div class="buttons">
          <a class="button" href={props.back}>
            {t.groups.back}
          </a>
          {remove === null ? null : (
            <Confirm
              shell={shell}
              word={t.groups.remove}
              name={`${t.groups.remove}: ${name}`}
              question={t.groups.removeTitle}
              loses={t.groups.removeLoses(members.length)}
              yes={t.groups.removeConfirm}
              action={remove}
            />
          )}
        </div>
      </div>
    </Layout>
  );
}

function Results({ shell, results }: GroupProps) {
  const { t } = shell;
  if (results.length === 0) return null;
  return (
    <section class="card" role="status">
      <h2>{t.groups.results}</h2>
      <ul class="plain">
        {results.map(({ name, result }) => (
          <li key={name}>
            <bdi class="person-name">{name}</bdi>{' '}
            <span class={result === 'joined' || result === 'member' ? 'quiet' : 'bad'}>
              {t.groups.result[result]}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Members({ shell, name, members }: GroupProps) {
  const { t } = shell;
  return (
    <section class="card">
      <h2>{t.groups.members(members.length)}</h2>
      <ul class="rows">
        {members.map((member) => (
          <li key={member.name} class="row">
            <bdi class="person-name">{member.name}</bdi>
            {member.takeOut === null ? null : (
              <Action
                shell={shell}
                action={member.takeOut}
                look="button small"
                name={t.groups.takeOutNamed(member.name, name)}
              >
                {t.groups.takeOut}
              </Action>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function AddMembers({ shell, add, names }: GroupProps) {
  const { t } = shell;
  if (add === null) return null;
  return (
    <form class="card stack" method="post" action={add}>
      <h2>{t.groups.addTitle}</h2>
      <Xsrf word={shell.xsrf} />
      <NamesField id="names" label={t.groups.names} hint={t.groups.namesHint} value={names} />
      <div>
        <button class="button primary" type="submit">
          {t.groups.add}
        </button>
      </div>
    </form>
  );
}

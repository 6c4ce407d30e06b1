import { bytes } from './amounts.ts';
import { Layout } from './layout.tsx';
import { Confirm } from './part/confirm.tsx';
import { Field } from './part/field.tsx';
import { Lacks, lacks } from './part/lacks.tsx';
import { PageHead } from './part/page-head.tsx';
import { SelectField } from './part/select-field.tsx';
import { When } from './part/when.tsx';
import { Xsrf } from './part/xsrf.tsx';
import type { EnvironmentProps, EnvironmentsProps } from './storage-props.ts';

/** Saved environments, and saving one. */
export function EnvironmentsView(props: EnvironmentsProps) {
  const { shell, rows, servers, notice, error } = props;
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.environments.title} current="home">
      <PageHead title={t.environments.title} lead={t.environments.lead} notice={notice} error={error} />
      <div class="stack">
        {servers === null ? null : <Save {...props} servers={servers} />}
        {rows.length === 0 ? (
          <p class="card empty">{t.environments.none}</p>
        ) : (
          <ul class="card rows">
            {rows.map((row) => (
              <Row key={row.id} shell={shell} row={row} />
            ))}
          </ul>
        )}
      </div>
    </Layout>
  );
}

function Save(props: EnvironmentsProps & { servers: NonNullable<EnvironmentsProps['servers']> }) {
  const { shell, servers, groups, have, limit, save, form } = props;
  const { t } = shell;
  const title = <h2>{t.environments.saveTitle}</h2>;
  if (servers.length === 0) {
    return (
      <section class="card stack">
        {title}
        <p>{t.environments.noServer}</p>
      </section>
    );
  }
  const whom = [
    { value: 'owner', label: t.environments.owner },
    ...(groups ?? []).map((group) => ({ value: `group:${group}`, label: t.environments.group(group) })),
    { value: 'everyone', label: t.environments.everyone },
  ];
  return (
    <form class="card stack" method="post" action={save}>
      {title}
      <Xsrf word={shell.xsrf} />
      <Lacks shell={shell} what="save" />
      <fieldset class="stack" disabled={lacks(shell, 'save')}>
        <p>
          {t.environments.notFiles} {t.environments.stands}{' '}
          {limit === null ? '' : t.environments.limit(have, limit)}
        </p>
        <SelectField
          id="server"
          label={t.environments.server}
          options={servers.map(({ key, label }) => ({ value: key, label }))}
          value={servers[0]?.key ?? ''}
        />
        <Field id="name" label={t.environments.name} hint={t.environments.nameHint}>
          {(control) => <input {...control} name="name" value={form.name} required maxLength={80} />}
        </Field>
        <Field id="description" label={t.environments.description}>
          {(control) => <input {...control} name="description" value={form.description} maxLength={400} />}
        </Field>
        {groups === null ? null : (
          <SelectField id="whom" label={t.environments.whom} options={whom} value="owner" />
        )}
        <div>
          <button class="button primary" type="submit">
            {t.environments.save}
          </button>
        </div>
      </fieldset>
    </form>
  );
}

function Row({ shell, row }: Pick<EnvironmentsProps, 'shell'> & { row: EnvironmentProps }) {
  const { t, now } = shell;
  const whom =
    row.whom.kind === 'group' ? t.environments.group(row.whom.group) : t.environments[row.whom.kind];
  return (
    <li class="row">
      <div>
        <strong>
          <bdi>{row.name}</bdi>
        </strong>
        <div class="hint">
          {row.description === '' ? null : <div>{row.description}</div>}
          {t.environments.of(row.user)}, <When t={t} at={row.created} now={now} as="ago" />, {whom},{' '}
          {bytes(t, row.size)}
        </div>
      </div>
      <Confirm
        shell={shell}
        word={t.environments.remove}
        name={t.environments.removeNamed(row.name)}
        question={t.environments.removeTitle}
        loses={t.environments.removeLoses}
        yes={t.environments.removeConfirm}
        action={row.remove}
        look="button small"
      />
    </li>
  );
}

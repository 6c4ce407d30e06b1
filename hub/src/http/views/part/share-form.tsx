import type { ShareProps } from '../share-props.ts';
import { Field } from './field.tsx';
import { SelectField } from './select-field.tsx';
import { Xsrf } from './xsrf.tsx';

/** People, a group, everyone, and for how long. */
export function ShareForm({ shell, kind, groups, actions, form, today, error }: ShareProps) {
  const { t } = shell;
  const words = t.share;
  return (
    <form class="card stack" method="post" action={actions.give}>
      <h2>{words.giveTitle}</h2>
      <Xsrf word={shell.xsrf} />
      <p>{words.means[kind]}</p>
      <Field id="names" label={words.names} hint={words.namesHint} invalid={error !== null}>
        {(control) => (
          <textarea {...control} name="names" rows={3} spellcheck={false} autocapitalize="none">
            {form.names}
          </textarea>
        )}
      </Field>
      {groups.length === 0 ? null : (
        <SelectField
          id="group"
          label={words.groupLabel}
          options={[
            { value: '', label: words.noGroup },
            ...groups.map((name) => ({ value: name, label: name })),
          ]}
          value={form.group}
        />
      )}
      <label class="check">
        <input type="checkbox" name="everyone" value="yes" checked={form.everyone} />
        <span>{words.everyoneLabel}</span>
      </label>
      <SelectField
        id="ends"
        label={words.ends}
        options={Object.entries(words.terms).map(([value, label]) => ({ value, label }))}
        value={form.ends}
      />
      <Field id="date" label={words.date} hint={words.dateHint}>
        {(control) => <input {...control} type="date" name="date" min={today} value={form.date} />}
      </Field>
      <div>
        <button class="button primary" type="submit">
          {words.give}
        </button>
      </div>
    </form>
  );
}

import { Layout } from './layout.tsx';
import type { LimitsProps } from './limits-props.ts';
import { Alert } from './part/alert.tsx';
import { Field } from './part/field.tsx';
import { Lacks, lacks } from './part/lacks.tsx';
import { Xsrf } from './part/xsrf.tsx';

/** What a running server may use, as a plain form; an empty field leaves its limit as it is. */
export function LimitsView({ shell, label, action, memory, cpus, typed, complaint, changed }: LimitsProps) {
  const { limits: words } = shell.t;
  const now = (value: string | null, hint: string) => `${words.now(value ?? words.none)}. ${hint}`;
  return (
    <Layout shell={shell} title={words.title(label)} width="narrow" current="admin">
      <div class="card door">
        <h1>{words.title(label)}</h1>
        {lacks(shell, 'limit') ? null : <p class="lead">{words.lead}</p>}
        {complaint === null ? null : (
          <Alert tone="bad" title={words.refused}>
            <p>{complaint}</p>
          </Alert>
        )}
        {changed ? <Alert tone="good" title={words.changed} /> : null}
        <Lacks shell={shell} what="limit" />
        <form class="stack" method="post" action={action}>
          <fieldset class="stack" disabled={lacks(shell, 'limit')}>
            <Xsrf word={shell.xsrf} />
            <Field id="memory" label={words.memory} hint={now(memory, words.memoryHint)}>
              {(control) => <input {...control} name="memory" autocomplete="off" value={typed.memory} />}
            </Field>
            <Field id="cpus" label={words.cpus} hint={now(cpus, words.cpusHint)}>
              {(control) => (
                <input {...control} name="cpus" inputMode="decimal" autocomplete="off" value={typed.cpus} />
              )}
            </Field>
            <div class="buttons">
              <button class="button primary" type="submit">
                {words.submit}
              </button>
              <a class="button" href={`${shell.baseUrl}hub/admin`}>
                {words.back}
              </a>
            </div>
          </fieldset>
        </form>
      </div>
    </Layout>
  );
}

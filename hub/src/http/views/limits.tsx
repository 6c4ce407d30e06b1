import { Layout } from './layout.tsx';
import type { LimitsProps } from './limits-props.ts';
import { Alert } from './part/alert.tsx';
import { Xsrf } from './part/xsrf.tsx';

/** What a running server may use, as a plain form; an empty field leaves its limit as it is. */
export function LimitsView(props: LimitsProps) {
  const { shell, label, action, complaint, changed } = props;
  const { limits: words } = shell.t;
  return (
    <Layout shell={shell} title={words.title(label)} width="narrow" current="admin">
      <div class="card door">
        <h1>{words.title(label)}</h1>
        <p class="lead">{words.lead}</p>
        {complaint === null ? null : (
          <Alert tone="bad" title={words.refused}>
            <p>{complaint}</p>
          </Alert>
        )}
        {changed ? <Alert tone="good" title={words.changed} /> : null}
        <form method="post" action={action}>
          <Xsrf word={shell.xsrf} />
          <Field {...props} name="memory" label={words.memory} hint={words.memoryHint} />
          <Field {...props} name="cpus" label={words.cpus} hint={words.cpusHint} />
          <div class="buttons">
            <button class="button primary" type="submit">
              {words.submit}
            </button>
            <a class="button" href={`${shell.baseUrl}hub/admin`}>
              {words.back}
            </a>
          </div>
        </form>
      </div>
    </Layout>
  );
}

interface FieldProps extends LimitsProps {
  readonly name: 'memory' | 'cpus';
  readonly hint: string;
}

function Field({ shell, typed, name, label, hint, ...values }: FieldProps) {
  const { limits: words } = shell.t;
  const now = values[name] ?? words.none;
  return (
    <div class="field">
      <label for={`limit-${name}`}>{label}</label>
      <input
        id={`limit-${name}`}
        name={name}
        type="text"
        inputMode={name === 'cpus' ? 'decimal' : 'text'}
        autoComplete="off"
        value={typed[name]}
        aria-describedby={`limit-${name}-hint`}
      />
      <p class="fine" id={`limit-${name}-hint`}>
        {words.now(now)}. {hint}
      </p>
    </div>
  );
}

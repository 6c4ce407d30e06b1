import type { MachineRow } from '../../../usecases/machine-desk.ts';
import type { Shell } from '../props.ts';
import { Field } from './field.tsx';
import { SelectField } from './select-field.tsx';
import { Xsrf } from './xsrf.tsx';

interface MoveHomesProps {
  readonly shell: Shell;
  /** The machine that cannot be reached. */
  readonly machine: MachineRow;
  readonly rows: readonly MachineRow[];
  readonly action: string;
}

/** Where the files of a lost machine are now: what is lost is said, and the name has to be written out. */
export function MoveHomes({ shell, machine, rows, action }: MoveHomesProps) {
  const { machines: words } = shell.t;
  const targets = rows.filter(({ id, state }) => id !== machine.id && state !== 'gone');
  return (
    <form class="card stack" method="post" action={action}>
      <h2>{words.homesTitle(machine.name)}</h2>
      <Xsrf word={shell.xsrf} />
      <input type="hidden" name="from" value={machine.id} />
      <p>{words.homesLead(machine.volumes)}</p>
      <SelectField
        id={`to-${machine.id}`}
        name="to"
        label={words.target}
        hint={words.homesLose}
        options={[
          ...targets.map(({ id, name }) => ({ value: id, label: words.on(name) })),
          { value: '', label: words.nowhere },
        ]}
        value={targets[0]?.id ?? ''}
      />
      <Field id={`confirm-${machine.id}`} label={words.confirm}>
        {(control) => <input {...control} name="confirm" autocomplete="off" required />}
      </Field>
      <div>
        <button class="button danger" type="submit">
          {words.submit}
        </button>
      </div>
    </form>
  );
}

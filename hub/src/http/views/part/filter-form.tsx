import type { Messages } from '../messages/en.ts';
import { Field } from './field.tsx';
import { SelectField } from './select-field.tsx';

interface FilterFormProps {
  readonly t: Messages;
  /** Where the list is. */
  readonly action: string;
  /** The rest of the list's state, which the search keeps. */
  readonly keep?: Readonly<Record<string, string>>;
  readonly search: { readonly name: string; readonly label: string; readonly value: string };
  readonly choices: readonly {
    readonly name: string;
    readonly label: string;
    readonly value: string;
    readonly options: readonly { readonly value: string; readonly label: string }[];
  }[];
}

/** Search and choices over a list; by GET, so that the address says what is shown. */
export function FilterForm({ t, action, keep = {}, search, choices }: FilterFormProps) {
  return (
    <search>
      <form class={choices.length > 1 ? 'filter filter-wide' : 'filter'} method="get" action={action}>
        {Object.entries(keep).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Field id={search.name} label={search.label}>
          {(control) => (
            <input
              {...control}
              name={search.name}
              type="search"
              value={search.value}
              maxLength={64}
              autocapitalize="none"
            />
          )}
        </Field>
        {choices.map(({ name, ...choice }) => (
          <SelectField key={name} id={name} {...choice} />
        ))}
        <button class="button" type="submit">
          {t.admin.apply}
        </button>
      </form>
    </search>
  );
}

/** A name that is not asked for still stands in the form, for the password manager. */
export function FixedName({ field, person }: { field: 'name' | 'username'; person: string }) {
  return (
    <input
      class="visually-hidden"
      name={field}
      value={person}
      autocomplete="username"
      readOnly
      tabIndex={-1}
      aria-hidden="true"
    />
  );
}

/** Heads of a table whose columns are words only: nothing to sort by, nothing to choose. */
export function ColumnHeads({ words }: { readonly words: readonly string[] }) {
  return (
    <thead>
      <tr>
        {words.map((word) => (
          <th key={word} scope="col">
            {word}
          </th>
        ))}
      </tr>
    </thead>
  );
}

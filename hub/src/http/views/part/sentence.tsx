/** A paragraph of the catalogue: what stands between backticks is something to type. */
export function Sentence({ text }: { text: string }) {
  return (
    <p>
      {text
        .split(/`([^`]+)`/)
        .map((piece, place) => (place % 2 === 1 ? <code key={piece}>{piece}</code> : piece))}
    </p>
  );
}

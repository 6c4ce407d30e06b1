/** The word that shows that the form came from a page of ours. */
export function Xsrf({ word }: { word: string }) {
  return <input type="hidden" name="_xsrf" value={word} />;
}

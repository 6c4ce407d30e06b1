/** What the hub said of a refusal. */
export function sentenceOf(body: Readonly<Record<string, unknown>>): string {
  return typeof body.message === 'string' ? body.message : 'The hub refused.';
}

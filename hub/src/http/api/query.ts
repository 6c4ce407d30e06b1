/** A query parameter; of several the last counts, as in JupyterHub. */
export function queryWord(raw: string | string[] | undefined): string | null {
  return (Array.isArray(raw) ? raw.at(-1) : raw) ?? null;
}

/** `?include_stopped_servers`: anything but `0` and `false` means yes. */
export function queryFlag(raw: string | string[] | undefined): boolean {
  const word = queryWord(raw);
  return word !== null && !['0', 'false'].includes(word.toLowerCase());
}

// An open JupyterLab asks these every few seconds for as long as the tab lives. Asking them says that a page is
// open, not that somebody is there.
const POLLED =
  /\/(?:api\/(?:kernels|sessions|terminals|kernelspecs|status|contents|me|metrics|events)|lab\/api|nbclassic\/api)(?:\/|$)/;

/**
 * Whether a request counts as a person's doing. Everything that changes something does; of the reads, all but those
 * that pages repeat by themselves. A navigation is always a person.
 */
export function isPersonal(method: string, path: string, secFetchMode: string | undefined): boolean {
  if (method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS') return true;
  if (secFetchMode === 'navigate') return true;
  return !POLLED.test(path);
}

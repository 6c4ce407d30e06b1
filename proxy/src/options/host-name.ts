/** The name in a Host header without its port, lower-case; an IPv6 literal keeps its brackets. */
export function hostName(host: string | undefined): string {
  const name = /^(\[[^\]]*\]|[^:]*)/.exec(host ?? '')?.[1] ?? '';
  return name.toLowerCase().replace(/\.$/, '');
}

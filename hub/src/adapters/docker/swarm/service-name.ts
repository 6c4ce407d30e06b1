import { createHash } from 'node:crypto';

/** A service's name is also a name in the network's DNS, a container's is not. */
const LONGEST = 63;
const NAME = /^[a-zA-Z0-9](?:[-_]*[a-zA-Z0-9]+)*$/;
const MARK_LENGTH = 8;

/** The name itself where a service can have it, else its beginning with a mark that is made from all of it. */
export function serviceName(name: string): string {
  if (name.length <= LONGEST && NAME.test(name)) return name;
  const mark = createHash('sha256').update(name).digest('hex').slice(0, MARK_LENGTH);
  const kept = name.replace(/[^a-zA-Z0-9-]/g, '-').slice(0, LONGEST - MARK_LENGTH - 1);
  return `${kept.replace(/^-+/, '')}-${mark}`;
}

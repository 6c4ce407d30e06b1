import { jsonOf } from './json-of.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

/**
 * Generic resources, `{gpu: 1}`, or SwarmSpawner's `{generic_resources: {gpu: 1}}`. What else docker-py takes there
 * (limits, reservations) is a setting of its own, so it is refused rather than said twice.
 *
 * @returns undefined for what cannot be read.
 */
export function readResources(value: unknown): Readonly<Record<string, number>> | undefined {
  const given = jsonOf(value);
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object' || Array.isArray(given)) return undefined;
  const { generic_resources: generic, ...rest } = given as Readonly<Record<string, unknown>>;
  if (generic !== undefined) return Object.keys(rest).length === 0 ? readResources(generic) : undefined;
  const pairs = Object.entries(rest).map(([name, count]) => [name, Number(count)] as const);
  const good = pairs.every(([name, count]) => NAME.test(name) && Number.isInteger(count) && count >= 1);
  return good && !/_(?:limit|reservation)$/.test(pairs[0]?.[0] ?? '') ? Object.fromEntries(pairs) : undefined;
}

import { jsonOf } from './json-of.ts';

/** What SwarmSpawner's `extra_placement_spec` says. */
export interface PlacementSpec {
  readonly constraints: readonly string[];
  /** What servers are spread over, such as `node.labels.rack`. */
  readonly spread: readonly string[];
}

/** As the cluster engine reads them: a key, `==` or `!=`, a value that may have patterns in it. */
const CONSTRAINT = /^\s*(node\.[a-z0-9_.-]+|engine\.labels\.[a-z0-9_.-]+)\s*(==|!=)\s*([^=!\s][^=!]*?)\s*$/i;
const SPREAD = /^(?:node|engine)\.labels\.[A-Za-z0-9_.-]+$/;
const KEYS = new Set(['constraints', 'preferences', 'platforms']);

/**
 * `{constraints: ["node.labels.disk==ssd"], preferences: [["spread", "node.labels.rack"]]}`, or the constraints
 * alone, as a list or as words with commas. `node==…`, as older files have it, is not taken: the engine does not.
 *
 * @returns undefined for what cannot be read.
 */
export function readPlacement(value: unknown): PlacementSpec | undefined {
  const given = jsonOf(value);
  if (given === undefined || given === null) return { constraints: [], spread: [] };
  if (typeof given === 'string') return readPlacement(given.split(',').filter((word) => word.trim() !== ''));
  if (Array.isArray(given)) return readPlacement({ constraints: given });
  if (typeof given !== 'object' || Object.keys(given).some((key) => !KEYS.has(key))) return undefined;
  const { constraints = [], preferences = [] } = given as Readonly<Record<string, unknown>>;
  const read = readAll(constraints, readConstraint);
  const spread = readAll(preferences, readPreference);
  return read === undefined || spread === undefined ? undefined : { constraints: read, spread };
}

function readAll(value: unknown, read: (one: unknown) => string | undefined): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const all = value.map(read).filter((one) => one !== undefined);
  return all.length === value.length ? all : undefined;
}

function readConstraint(one: unknown): string | undefined {
  const [, key, sign, wanted] = typeof one === 'string' ? (CONSTRAINT.exec(one) ?? []) : [];
  return key === undefined ? undefined : `${key}${sign}${wanted}`;
}

/** Of docker-py (`("spread", "node.labels.rack")`), of the engine's API, or the label alone. */
function readPreference(one: unknown): string | undefined {
  const label = Array.isArray(one) && one[0] === 'spread' ? one[1] : labelOf(one);
  return typeof label === 'string' && SPREAD.test(label) ? label : undefined;
}

function labelOf(one: unknown): unknown {
  if (typeof one !== 'object' || one === null) return one;
  const { Spread: spread } = one as { readonly Spread?: { readonly SpreadDescriptor?: unknown } };
  return spread?.SpreadDescriptor;
}

import type { Ulimit } from '../domain/settings.ts';
import { reader } from './setting.ts';

/** The engine's names, without `nproc`: it counts all processes of a user of the machine, in all containers. */
const NAMES = new Set([
  'core',
  'cpu',
  'data',
  'fsize',
  'locks',
  'memlock',
  'msgqueue',
  'nice',
  'nofile',
  'rss',
  'rtprio',
  'rttime',
  'sigpending',
  'stack',
]);
/** The engine's word for "no limit". */
const NO_LIMIT = -1;

/** As words of `docker run --ulimit`: `nofile=65536:65536 memlock=-1`, one number for both. */
export const ulimits = reader(
  { type: ['array', 'string', 'object'] },
  'should be limits such as nofile=65536:65536 memlock=-1; nproc is not among them: PIDS_LIMIT is what is meant',
  (value): readonly Ulimit[] | undefined => {
    if (value === undefined || value === null) return [];
    if (typeof value !== 'string') return readUlimits(value);
    const words = value.split(/[\s,]+/).filter((word) => word !== '');
    return whole(words.map(ofWord));
  },
);

/** docker-py's list of `{name, soft, hard}` (or with capitals), or `{nofile: 65536}`. Undefined: it is neither. */
export function readUlimits(value: unknown): readonly Ulimit[] | undefined {
  if (Array.isArray(value)) {
    return whole(value.map((one) => (typeof one === 'string' ? ofWord(one) : ofRecord(one))));
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const pairs = Object.entries(value);
  return whole(
    pairs.map(([name, limit]) =>
      typeof limit === 'number' ? ulimit(name, limit, limit) : ofRecord({ ...Object(limit), name }),
    ),
  );
}

/** All of them, each once. */
function whole(read: readonly (Ulimit | undefined)[]): readonly Ulimit[] | undefined {
  const limits = read.filter((one) => one !== undefined);
  const names = new Set(limits.map(({ name }) => name));
  return limits.length === read.length && names.size === read.length ? limits : undefined;
}

function ofWord(word: string): Ulimit | undefined {
  const [, name = '', soft = '', hard = soft] = /^([a-z]+)=(-?\d+)(?::(-?\d+))?$/.exec(word) ?? [];
  return ulimit(name, Number(soft), Number(hard));
}

function ofRecord(value: unknown): Ulimit | undefined {
  const record = new Map(Object.entries(Object(value)).map(([key, one]) => [key.toLowerCase(), one]));
  const soft = record.get('soft') ?? record.get('hard');
  return ulimit(String(record.get('name')), soft, record.get('hard') ?? soft);
}

function ulimit(name: string, soft: unknown, hard: unknown): Ulimit | undefined {
  if (!NAMES.has(name) || !isLimit(soft) || !isLimit(hard)) return undefined;
  // The engine refuses a soft limit above the hard one, when somebody starts: better said at the hub's start.
  const fits = hard === NO_LIMIT || (soft !== NO_LIMIT && soft <= hard);
  return fits ? { name, soft, hard } : undefined;
}

function isLimit(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= NO_LIMIT;
}

import type { Dice } from '../../soak/dice.ts';
import { HOSTILE_WORDS } from '../hostile-words.ts';
import { below, mutateText, mutateValue } from '../mutate.ts';
import { floods, type Sent } from './floods.ts';
import type { Credentials } from './people.ts';
import type { FuzzRoute } from './routes.ts';
import { sampleBody } from './sample-body.ts';

/** What goes over the wire. */
export interface FuzzRequest {
  readonly route: FuzzRoute;
  readonly who: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Stands raw in no page: whoever reflects it unescaped lets scripts in. */
export const MARKUP = '<fz7 x="\'">';
/** Stands where secrets stand: in no answer, in no log. */
export const SECRET = 'fz9secret9word';

const NAMES = ['ana', 'ben', 'mary', 'class', 'gpu', 'one', 'gone', 'x', 'none', '', MARKUP];
const FIELDS = [
  'username',
  'password',
  'name',
  'names',
  'note',
  'scopes',
  'expires',
  'profile',
  'next',
  'code',
  'server',
  'user',
  'image',
  'text',
  'from',
  'to',
  'confirm',
];

export interface Material {
  readonly dice: Dice;
  readonly people: readonly Credentials[];
  readonly headers: readonly string[];
  /** Bodies of forms as pages have them, by the path that they are sent to. */
  readonly forms: ReadonlyMap<string, readonly (readonly [string, string])[]>;
}

/** A request that the route nearly takes, by somebody. */
export function makeRequest(route: FuzzRoute, material: Material): FuzzRequest {
  const { dice, people } = material;
  const who = dice.one(people);
  const path = pathOf(route, dice) + queryOf(route, dice);
  const method =
    below(dice, 30) === 0
      ? dice.one(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'POST', 'PROPFIND'])
      : route.method;
  const sent =
    method === 'GET' || method === 'HEAD' ? { type: null, body: null } : bodyOf(route, material, who);
  const headers: Record<string, string> = {
    accept: dice.one(['text/html', 'application/json', '*/*']),
    ...who.headers,
  };
  if (sent.type !== null) headers['content-type'] = sent.type;
  if (who.xsrf !== '' && below(dice, 10) > 0) headers['x-xsrftoken'] = who.xsrf;
  for (let more = below(dice, 4); more > 0; more -= 1)
    headers[dice.one(material.headers)] = headerValue(dice);
  // Somebody's own cookies with one of them changed: signed, sealed or looked up, none may do more than be refused.
  if (headers.cookie !== undefined && below(dice, 8) === 0) headers.cookie = oddCookies(headers.cookie, dice);
  if (below(dice, 12) === 0)
    headers.cookie = `${headers.cookie ?? ''}; ${dice.one(['_xsrf', 'jupyterhub-hub-login', 'berth-visitor', 'x'])}=${SECRET}`;
  return { route, who: who.name, method, path, headers, body: sent.body };
}

function oddCookies(cookies: string, dice: Dice): string {
  const pairs = cookies.split('; ');
  const at = below(dice, pairs.length);
  const changed = mutateText(pairs[at] ?? '', { dice, words: ['=', '.', '|', '%', ','], others: pairs });
  return pairs
    .with(at, changed)
    .join('; ')
    .replace(/[^\x20-\x7e]/g, '%')
    .slice(0, 7000);
}

function pathOf({ pattern }: FuzzRoute, dice: Dice): string {
  const filled = pattern.replace(/\{\*(\w+)\}|:(\w+)/g, () => {
    const word = below(dice, 3) === 0 ? dice.one(HOSTILE_WORDS) : dice.one(NAMES);
    return below(dice, 4) === 0 ? urlSafe(word) : encodeURIComponent(word.toWellFormed());
  });
  return below(dice, 15) === 0
    ? urlSafe(mutateText(filled, { dice, words: ['/', '..', '%2f', '%00', '//'], others: [] })).slice(0, 4000)
    : filled;
}

/** What may stand raw in an address: the rest would not leave the client. */
function urlSafe(word: string): string {
  const kept = word.replace(/[^\x21-\x7e]|#/g, (letter) => encodeURIComponent(letter.toWellFormed()));
  return kept.replaceAll('?', '%3F');
}

function queryOf({ query = [] }: FuzzRoute, dice: Dice): string {
  const names = [
    ...query,
    ...FIELDS,
    'limit',
    'offset',
    'sort',
    'state',
    'q',
    'page',
    '_xsrf',
    'token',
    'since',
  ];
  const pairs = Array.from({ length: Math.max(0, below(dice, 6) - 2) }, () => [
    dice.one(names),
    anyWord(dice).toWellFormed(),
  ]);
  if (pairs.length === 0) return '';
  return `?${new URLSearchParams(pairs)}`.slice(0, 8000);
}

function headerValue(dice: Dice): string {
  const word = below(dice, 5) === 0 ? SECRET : anyWord(dice);
  // What Node's client would not send; raw-bytes.ts sends it.
  return word.replace(/[^\x20-\x7e]/g, '?').slice(0, 6000);
}

const anyWord = (dice: Dice): string => (below(dice, 3) === 0 ? dice.one(NAMES) : dice.one(HOSTILE_WORDS));

function bodyOf(route: FuzzRoute, material: Material, who: Credentials): Sent {
  const { dice } = material;
  const json = route.door !== 'pages';
  if (below(dice, 25) === 0)
    return {
      type: dice.one(['text/plain', 'multipart/form-data; boundary=B', 'application/xml']),
      body: dice.one(HOSTILE_WORDS),
    };
  if (below(dice, 30) === 0) return dice.one(floods(who.xsrf));
  if (json) {
    const seed =
      route.door === 'control'
        ? { target: 'http://127.0.0.1:9', user: 'ana' }
        : sampleBody(route.body, dice, NAMES);
    const value = below(dice, 2) === 0 ? seed : mutateValue(seed, dice);
    const text = JSON.stringify(value) ?? '';
    const body =
      below(dice, 5) === 0 ? mutateText(text, { dice, words: [], others: [] }).toWellFormed() : text;
    return { type: 'application/json', body };
  }
  const known =
    material.forms.get(route.pattern) ??
    FIELDS.slice(0, below(dice, FIELDS.length)).map((name) => [name, 'x'] as const);
  const fields = known.map(([name, value]) => [name, below(dice, 3) === 0 ? anyWord(dice) : value]);
  const form = new URLSearchParams(
    [...fields, ['password', SECRET]].map(([name = '', value = '']) => [name, value.toWellFormed()]),
  );
  if (below(dice, 10) > 0) form.set('_xsrf', who.xsrf);
  return { type: 'application/x-www-form-urlencoded', body: form.toString().slice(0, 60_000) };
}

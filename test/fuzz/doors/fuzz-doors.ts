import { Agent } from 'undici';
import { Dice } from '../../soak/dice.ts';
import { formsOf } from '../../support/plain-browser.ts';
import { shown } from '../fuzz-reader.ts';
import { must, mustLeavePrototypes } from '../reader-target.ts';
import { checkAnswer, checkSaid, type FuzzAnswer, stateOf } from './answer-rules.ts';
import type { FuzzHouse } from './fuzz-house.ts';
import { type FuzzRequest, type Material, makeRequest } from './make-request.ts';
import { openPeople } from './people.ts';
import { everyHeader, everyRoute, type FuzzRoute } from './routes.ts';

/** Nothing of the hub's takes longer, on a busy machine too. */
const ANSWER_MS = 20_000;
/** A stream of progress has no end: what came by then is looked at. */
const STREAM_MS = 150;
const PEOPLE_EVERY = 40;
const WAY = new Agent();

export interface DoorsRan {
  readonly requests: number;
  readonly routes: number;
  /** Routes, of all, of which a request was taken (below 400). */
  readonly taken: number;
  readonly slowest: number;
}

/**
 * Asks every route of every door in turn, as somebody, with something odd in it, until rounds or time are over.
 *
 * @throws Error with seed, round and request when an answer breaks a rule.
 */
export async function fuzzDoors(
  house: FuzzHouse,
  { seed, rounds, time }: { readonly seed: number; readonly rounds: number; readonly time: number },
): Promise<DoorsRan> {
  const dice = new Dice(seed);
  const routes = everyRoute(house.parts.hub);
  const forms = await everyForm(house, routes);
  const headers = everyHeader();
  const counter = new Agent({ connect: { socketPath: house.counterSocket } });
  const taken = new Set<FuzzRoute>();
  const end = performance.now() + time;
  let [round, slowest] = [0, 0];
  let people = await openPeople(house);
  try {
    for (; round < rounds && performance.now() < end; round += 1) {
      if (round % PEOPLE_EVERY === 0) people = await openPeople(house);
      const route = routes[round % routes.length] ?? dice.one(routes);
      const made = makeRequest(route, { dice, people, headers, forms });
      const begun = performance.now();
      const status = await askOne(house, made, counter, `seed ${seed}, round ${round}`);
      slowest = Math.max(slowest, performance.now() - begun);
      if (status < 400) taken.add(route);
    }
  } finally {
    await counter.close();
  }
  return { requests: round, routes: routes.length, taken: taken.size, slowest };
}

async function askOne(house: FuzzHouse, made: FuzzRequest, counter: Agent, where: string): Promise<number> {
  const before = stateOf(house);
  try {
    const answer = await send(house, made, counter);
    checkAnswer(house, made, answer);
    must(answer.status < 400 || stateOf(house) === before, `${answer.status}, and something changed`);
    checkSaid(house.said());
    if (made.route.door === 'control') house.mend();
    mustLeavePrototypes();
    return answer.status;
  } catch (error) {
    const { method, path, headers, body, who } = made;
    const asked = `${who}: ${method} ${path}\n${JSON.stringify(headers)}\n${body === null ? '' : shown(body)}`;
    throw new Error(
      `${made.route.door} ${made.route.pattern}, ${where}: ${error instanceof Error ? error.stack : String(error)}\n${asked}`,
    );
  }
}

async function send(
  house: FuzzHouse,
  { route, method, path, headers, body }: FuzzRequest,
  counter: Agent,
): Promise<FuzzAnswer> {
  const origins = {
    pages: house.origin,
    api: house.origin,
    notebooks: house.notebooks,
    counter: 'http://berth',
    control: house.control,
  };
  const own =
    route.door === 'control' && headers.authorization === undefined
      ? { authorization: `token ${house.token}` }
      : {};
  const {
    statusCode,
    headers: told,
    body: stream,
  } = await (route.door === 'counter' ? counter : WAY).request({
    // Not by an URL: that would take its dots away.
    origin: origins[route.door],
    path: path.startsWith('/') ? path : `/${path}`,
    method: method as 'GET',
    headers: { ...headers, ...own },
    body,
    headersTimeout: ANSWER_MS,
  });
  const pieces: Buffer[] = [];
  stream.on('error', () => {});
  const isStream = String(told['content-type'] ?? '').startsWith('text/event-stream');
  const late = setTimeout(() => stream.destroy(), isStream ? STREAM_MS : ANSWER_MS);
  try {
    for await (const piece of stream) pieces.push(piece);
  } catch (error) {
    if (!isStream) throw error;
  } finally {
    clearTimeout(late);
  }
  return { status: statusCode, headers: told, text: Buffer.concat(pieces).toString('utf8') };
}

/** The fields of all forms that an administrator and a plain person see, by the pattern of the route that takes them. */
async function everyForm(house: FuzzHouse, routes: readonly FuzzRoute[]): Promise<Material['forms']> {
  const forms = new Map<string, readonly (readonly [string, string])[]>();
  const takers = routes.filter(({ door, method }) => door === 'pages' && method === 'POST');
  for (const { name, headers } of await openPeople(house)) {
    if (name !== 'mary' && name !== 'ana' && name !== 'nobody') continue;
    for (const { door, method, pattern } of routes) {
      if (door !== 'pages' || method !== 'GET' || /progress|logout|port|static/.test(pattern)) continue;
      const path = pattern.replace(/\{\*\w+\}|:\w+/g, 'ana');
      const { text } = await send(
        house,
        {
          route: { door, method, pattern },
          who: name,
          method,
          path,
          headers: { accept: 'text/html', ...headers },
          body: null,
        },
        WAY,
      );
      for (const { action, fields } of formsOf(text)) {
        const [bare = ''] = action.split('?', 1);
        const taker = takers.find((one) => matches(one.pattern, bare));
        if (taker !== undefined)
          forms.set(
            taker.pattern,
            fields.filter(([field]) => field !== '_xsrf'),
          );
      }
    }
  }
  return forms;
}

function matches(pattern: string, path: string): boolean {
  const escaped = pattern.split(/\{\*\w+\}|:\w+/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('[^/]+')}$`).test(path);
}

import { expect, test } from 'vitest';
import { LABEL } from './container-spec.ts';
import type { ContainerView } from './containers.ts';
import type { Route } from './ports.ts';
import { planRepairs, type Sight } from './repair-plan.ts';
import { newServer, type Server, type ServerState } from './server.ts';

const settings = { instance: 'berth', baseUrl: '/', port: 8888 };

const server = (state: ServerState, change: Partial<Server> = {}): Server => ({
  ...newServer('alice'),
  state,
  generation: 3,
  containerId: 'c3',
  target: 'http://172.18.0.5:8888',
  ...change,
});

const container = (change: Partial<ContainerView> = {}, generation = 3, hub = 'berth'): ContainerView => ({
  id: `c${generation}`,
  name: 'jupyter-alice',
  labels: {
    [LABEL.hub]: hub,
    [LABEL.user]: 'alice',
    [LABEL.server]: '',
    [LABEL.generation]: `${generation}`,
  },
  image: 'x',
  running: true,
  paused: false,
  removing: false,
  exitCode: null,
  outOfMemory: false,
  address: '172.18.0.5',
  created: 0,
  ...change,
});

const route = (change: Partial<Route> = {}): Route => ({
  path: '/user/alice/',
  target: 'http://172.18.0.5:8888',
  user: 'alice',
  server: '',
  lastActivity: null,
  ...change,
});

const plan = (sight: Partial<Sight>) =>
  planRepairs(
    { servers: [], containers: [], routes: [], isBusy: () => false, mayEnter: () => true, ...sight },
    settings,
  );

test('where all agree there is nothing to do', () => {
  expect(plan({ servers: [server('ready')], containers: [container()], routes: [route()] })).toEqual([]);
  expect(plan({ servers: [server('stopped'), server('failed')] })).toEqual([]);
});

test.each([
  ['its route is missing', [], '172.18.0.5'],
  ['its route leads elsewhere', [route({ target: 'http://172.18.0.9:8888' })], '172.18.0.5'],
  ['its address has changed', [route()], '172.18.0.7'],
])('a ready server is adopted when %s', (_, routes, address) => {
  const [repair] = plan({ servers: [server('ready')], containers: [container({ address })], routes });
  expect(repair).toMatchObject({ act: 'adopt', target: `http://${address}:8888` });
});

test.each([
  ['ready', true, false],
  ['frozen', false, true],
  ['ready', true, true],
] as const)(
  'a server that the record calls %s, with paused %s and the route asleep %s, is put right',
  (state, paused, asleep) => {
    const sight = {
      servers: [server(state)],
      containers: [container({ paused })],
      routes: [route({ asleep })],
    };
    expect(plan(sight)).toMatchObject([{ act: 'adopt', frozen: paused }]);
  },
);

test('a frozen server is left asleep; one whose route the proxy has lost gets it again, asleep', () => {
  const sight = { servers: [server('frozen')], containers: [container({ paused: true })] };
  expect(plan({ ...sight, routes: [route({ asleep: true })] })).toEqual([]);
  expect(plan(sight)).toMatchObject([{ act: 'adopt', frozen: true }]);
});

test('behind a proxy that holds nobody a paused server is woken', () => {
  const sight = { servers: [server('frozen')], containers: [container({ paused: true })], canSleep: false };
  expect(plan({ ...sight, routes: [route({ asleep: true })] })).toMatchObject([{ act: 'wake' }]);
});

test('a frozen server whose container is gone is buried', () => {
  expect(plan({ servers: [server('frozen')] })).toMatchObject([{ act: 'bury' }]);
});

test('a ready server whose container ended or is gone is buried', () => {
  const ready = server('ready');
  const ended = container({ running: false, exitCode: 1 });
  expect(plan({ servers: [ready], containers: [ended], routes: [route()] })).toEqual([
    { act: 'bury', server: ready },
  ]);
  expect(plan({ servers: [ready], routes: [route()] })).toEqual([{ act: 'bury', server: ready }]);
});

test.each(['creating', 'starting', 'waiting'] as const)(
  'a start interrupted while %s goes on when its container runs',
  (state) => {
    const starting = server(state);
    expect(plan({ servers: [starting], containers: [container()] })).toEqual([
      { act: 'resume', server: starting, containerId: 'c3' },
    ]);
  },
);

test.each(['queued', 'pulling', 'creating', 'starting', 'waiting'] as const)(
  'a start interrupted while %s begins anew without one',
  (state) => {
    const starting = server(state);
    expect(plan({ servers: [starting] })).toEqual([{ act: 'restart', server: starting }]);
  },
);

test('starts that begin anew do so in the order in which they were asked for', () => {
  const late = { ...server('queued'), user: 'first-in-store', started: 2000 };
  const early = { ...server('queued'), user: 'second-in-store', started: 1000 };
  expect(plan({ servers: [late, early] })).toEqual([
    { act: 'restart', server: early },
    { act: 'restart', server: late },
  ]);
});

test('a container of an earlier start is removed, and its server is not mistaken for running', () => {
  const ready = server('ready');
  expect(plan({ servers: [ready], containers: [container({}, 2)], routes: [route()] })).toEqual([
    { act: 'bury', server: ready },
    { act: 'remove-container', container: container({}, 2) },
  ]);
});

test('an interrupted stop is finished', () => {
  const stopping = server('stopping');
  expect(plan({ servers: [stopping], containers: [container()] })).toEqual([
    { act: 'finish-stop', server: stopping },
  ]);
});

test('containers that no server claims go', () => {
  expect(plan({ containers: [container()] })).toEqual([{ act: 'remove-container', container: container() }]);
  expect(plan({ servers: [server('stopped')], containers: [container()] })).toHaveLength(1);
});

test("another hub's containers and routes are never in the plan", () => {
  const foreign = [container({}, 3, 'another'), container({ labels: {} })];
  const routes = [
    route({ path: '/', user: null, server: null }),
    route({ path: '/services/grader/', user: null, server: null }),
    route({ path: '/other-hub/user/alice/' }),
  ];
  expect(plan({ containers: foreign, routes })).toEqual([]);
});

test('routes to servers that are not ready go', () => {
  expect(plan({ servers: [server('failed')], routes: [route()] })).toEqual([
    { act: 'remove-route', path: '/user/alice/' },
  ]);
  expect(plan({ routes: [route()] })).toEqual([{ act: 'remove-route', path: '/user/alice/' }]);
});

test('whatever somebody is busy with is left alone', () => {
  const isBusy = () => true;
  for (const state of ['queued', 'ready', 'stopping', 'stopped'] as const) {
    expect(
      plan({ servers: [server(state)], containers: [container({}, 2)], routes: [route()], isBusy }),
    ).toEqual([]);
  }
});

test('a container without an address on our network is waited for', () => {
  expect(plan({ servers: [server('ready')], containers: [container({ address: null })] })).toEqual([]);
});

test('who left the userlist has no route, and is given none while their server goes on', () => {
  const mayEnter = () => false;
  const running = { servers: [server('ready')], containers: [container()], mayEnter };
  expect(plan({ ...running, routes: [route()] })).toEqual([{ act: 'remove-route', path: '/user/alice/' }]);
  expect(plan(running)).toEqual([]);
});

const WEB = { port: 8787, healthPath: '/', stripPrefix: false, tokenHeader: null };

test('a web application is looked for at its own port, and left alone where its route is guarded', () => {
  const studio = server('ready', { web: WEB, target: 'http://172.18.0.5:8787' });
  const guarded = route({ target: 'http://172.18.0.5:8787', guarded: true });
  expect(plan({ servers: [studio], containers: [container()], routes: [guarded] })).toEqual([]);
});

test('a route that stands open although it should be guarded, or the other way round, is given anew', () => {
  const studio = server('ready', { web: WEB, target: 'http://172.18.0.5:8787' });
  const open = route({ target: 'http://172.18.0.5:8787' });
  expect(plan({ servers: [studio], containers: [container()], routes: [open] })).toMatchObject([
    { act: 'adopt' },
  ]);
  const notebook = { servers: [server('ready')], containers: [container()] };
  expect(plan({ ...notebook, routes: [route({ guarded: true })] })).toMatchObject([{ act: 'adopt' }]);
});

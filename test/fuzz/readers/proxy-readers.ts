import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { isWithin, mayNotebookSet, withoutHubCookies } from '../../../proxy/src/http/cookies.ts';
import { readRequestFields } from '../../../proxy/src/http/request-head.ts';
import { OPTIONS } from '../../../proxy/src/options/options.ts';
import { parseOptions } from '../../../proxy/src/options/parse-options.ts';
import { readSettings } from '../../../proxy/src/options/read-settings.ts';
import { Refusal } from '../../../proxy/src/refusal.ts';
import { RouteStore } from '../../../proxy/src/routes/route-store.ts';
import { Routes } from '../../../proxy/src/routes/routes.ts';
import { FrameWatcher } from '../../../proxy/src/websocket/websocket-frames.ts';
import { must, type ReaderTarget } from '../reader-target.ts';

/** Runs what may refuse with a sentence, and nothing else; false when it did. */
function unlessRefused(act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    must(error.status >= 400 && error.status <= 501 && error.status !== 500, `refused with ${error.status}`);
    must(error.message.length > 0, 'a refusal says why');
    return false;
  }
}

const namesOf = (cookies: string): string[] =>
  cookies.split(';').map((pair) => (pair.split('=', 1)[0] ?? '').trim());
const isOfHub = (name: string): boolean => name === 'jupyterhub-hub-login' || name.startsWith('berth-');

const routes: ReaderTarget = {
  name: 'control messages',
  seeds: [
    '/user/ana\n{"target": "http://127.0.0.1:9", "user": "ana", "jupyterhub": true}',
    '/a\n{"target": "http+unix://%2ftmp%2fx", "headers": {"X-A": "b"}, "strip_prefix": true, "wake": "http://127.0.0.1:8"}',
    `/g\n{"target": "https://h", "guard": {"key": "${'A'.repeat(43)}", "audience": "/g/", "door": "/hub/guard", "renew": "/hub/guard/renew"}, "barred": ["${'0'.repeat(64)}"]}`,
  ],
  words: [
    '"target":',
    '"guard":',
    '"barred":',
    '"headers":',
    '"strip_prefix":',
    '"asleep": true',
    '"wake":',
    '/user/',
    '%2f',
    '"last_activity":',
  ],
  read(input) {
    const [path = '', ...rest] = input.split('\n');
    let body: unknown;
    try {
      body = JSON.parse(rest.join('\n'));
    } catch {
      return;
    }
    const table = new Routes({ now: 1, date: 1 });
    table.add('/', { target: 'http://127.0.0.1:1' });
    const before = JSON.stringify(table.present());
    if (unlessRefused(() => void table.add(path, body))) {
      unlessRefused(() => void table.match(path));
      JSON.stringify(table.present());
      table.remove(path);
    } else must(JSON.stringify(table.present()) === before, 'a refused route changed the table');
  },
};

/** Header lines as Node hands them over. */
const requestHeads: ReaderTarget = {
  name: 'request heads',
  seeds: [
    'Host: hub.example\nCookie: jupyterhub-hub-login=SECRET; a=b\nX-Forwarded-For: 6.6.6.6',
    'Host: a\nTransfer-Encoding: chunked\nConnection: keep-alive, X-Own\nX-Own: 1',
    'Host: a\nContent-Length: 5\nExpect: 100-continue\nForwarded: for=6.6.6.6',
  ],
  words: [
    'Host: ',
    'Cookie: berth-visitor=SECRET',
    'X-Forwarded-User: 6.6.6.6',
    'Connection: cookie',
    'Transfer-Encoding: identity',
    'TE: trailers',
    'Upgrade: h2c',
    'X-Berth-Assertion: 6.6.6.6',
  ],
  read(input) {
    const lines = input
      .split('\n')
      .map((line) => /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/.exec(line));
    const raw = lines.flatMap((line) => (line === null ? [] : [line[1] ?? '', (line[2] ?? '').trim()]));
    const peer = { address: '192.0.2.1', trusted: false, tls: false };
    unlessRefused(() => {
      const { lines: out } = readRequestFields(raw, 1, peer, true, {
        xForward: true,
        customHeaders: new Map(),
      });
      must(/^(?:[^\r\n\0]+\r\n)*$/.test(out), 'a line that a server would read as two');
      must(
        !namesOf(/^Cookie: (.*)$/m.exec(out)?.[1] ?? '').some(isOfHub),
        'a cookie of the hub goes to a notebook',
      );
      must(
        (out.match(/^X-Forwarded-For: 192\.0\.2\.1\r$/gm) ?? []).length === 1,
        'a visitor says where they come from',
      );
      must((out.match(/^(?:Transfer-Encoding|Content-Length):/gim) ?? []).length <= 1, 'two framings');
    });
  },
};

const cookies: ReaderTarget = {
  name: 'cookies of notebooks',
  seeds: [
    'a=b; Path=/user/ana/',
    'jupyterhub-hub-login=x; Path=/',
    '_xsrf=1; Path=/user/ana/%2e%2e/',
    'a=1; berth-visitor=2; c',
  ],
  words: [
    '; Path=',
    '; Domain=',
    '/user/ana',
    '/..',
    '%2e%2e',
    '%2f',
    'berth-',
    '__Host-berth-',
    '\\',
    ';',
    ' ',
  ],
  read(input) {
    const kept = withoutHubCookies(input);
    must(!namesOf(kept).some(isOfHub), 'a cookie of the hub is kept');
    if (!mayNotebookSet(input, '/user/ana')) return;
    must(!isOfHub(namesOf(input)[0] ?? ''), 'a notebook sets a cookie of the hub');
    must(isWithin('/user/ana/x', '/user/ana'), 'a path below is within');
  },
};

const frames: ReaderTarget = {
  name: 'WebSocket frames',
  seeds: [
    '\x81\x05hello',
    '\x89\x00',
    '\x82\x7e\x01\x00aaaa',
    '\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff',
    '\x81\x85\x01\x02\x03\x04hello\x8a\x00',
  ],
  words: ['\x81', '\x82', '\x88\x02\x03\xe8', '\x89', '\x8a\x00', '\x7e', '\x7f', '\xff', '\0'],
  read(input) {
    const bytes = Buffer.from(input, 'latin1');
    const whole = new FrameWatcher().sawData(bytes);
    const watcher = new FrameWatcher();
    let inPieces = false;
    for (const byte of bytes) inPieces = watcher.sawData(Buffer.from([byte])) || inPieces;
    must(whole === inPieces, 'what counts as data hangs on how the bytes were cut');
  },
};

const options: ReaderTarget = {
  name: 'options of the proxy',
  seeds: [
    '--port=0\n--api-port=0',
    '--ip\n::1\n--default-target\nhttp://127.0.0.1:1',
    '--custom-header=X-A: b\n--trusted-proxies=10.0.0.0/8',
  ],
  words: Object.keys(OPTIONS).map((name) => `--${name}=`),
  read: (input) =>
    void unlessRefused(
      () =>
        void readSettings(parseOptions(input.slice(0, 4000).split('\n')), { CONFIGPROXY_AUTH_TOKEN: 'x' }),
    ),
};

const routeFile: ReaderTarget = {
  name: 'kept routes',
  seeds: [
    '{"version": 1, "routes": {"/": {"target": "http://127.0.0.1:1"}, "/user/ana": {"target": "http://127.0.0.1:2", "user": "ana", "last_activity": "2026-01-01T00:00:00.000Z"}}}',
    '{"version": 2, "routes": {}}',
  ],
  words: ['"version": 1', '"routes":', '"target":', '"__proto__":', '"last_activity":', '"headers":'],
  async read(input) {
    const folder = mkdtempSync(join(tmpdir(), 'berth-fuzz-'));
    try {
      const path = join(folder, 'routes.json');
      writeFileSync(path, input);
      const kept = new RouteStore(path, new Routes({ now: 1, date: 1 }), pino({ level: 'silent' }));
      await kept.load();
      await kept.close();
      JSON.parse(readFileSync(path, 'utf8'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

export const PROXY_READERS: readonly ReaderTarget[] = [
  routes,
  requestHeads,
  cookies,
  frames,
  options,
  routeFile,
];

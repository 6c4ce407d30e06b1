// The verbs of the Makefile on the real engine, in a copy of the project with names and a port of its own.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
// Two runs on one engine do not meet.
const NAME = `berth-setup-${process.pid}`;
const PORT = await freePort();
let folder: string;

interface Ran {
  readonly code: number;
  readonly output: string;
}

async function shell(script: string): Promise<Ran> {
  try {
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script], {
      cwd: folder,
      timeout: 280_000,
    });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: unknown; stdout: string; stderr: string };
    return { code: typeof code === 'number' ? code : -1, output: `${stdout}${stderr}` };
  }
}

async function must(script: string): Promise<string> {
  const { code, output } = await shell(script);
  if (code !== 0) throw new Error(`${script}\nended with ${code}: ${output}`);
  return output.trim();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const idOf = (service: string): Promise<string> =>
  must(
    `docker ps -q --filter label=com.docker.compose.project=${NAME} --filter label=com.docker.compose.service=${service}`,
  );
const answers = (path: string): Promise<number> =>
  fetch(`http://127.0.0.1:${PORT}${path}`, { redirect: 'manual', signal: AbortSignal.timeout(5000) }).then(
    ({ status }) => status,
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'berth-setup-'));
  // As a clone would be; a folder that only its owner may enter is refused, see below.
  await chmod(folder, 0o755);
  await must(
    `cd '${ROOT}' && git ls-files -z -co --exclude-standard | tar --null --ignore-failed-read -T - -cf - | tar -C '${folder}' -xf -`,
  );
  // Tags of its own on the images that are there: what is removed at the end is removed for nobody else.
  await must(`docker tag berth:latest ${NAME}:latest && docker tag berth-proxy:latest ${NAME}-proxy:latest`);
  const settings = {
    JUPYTERHUB_PORT: PORT,
    COMPOSE_PROJECT_NAME: NAME,
    DOCKER_NETWORK_NAME: NAME,
    DATA_VOLUME_HOST: `${NAME}-data`,
    BERTH_IMAGE: `${NAME}:latest`,
    BERTH_PROXY_IMAGE: `${NAME}-proxy:latest`,
  };
  await writeFile(
    join(folder, '.env'),
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
});

afterAll(async () => {
  await shell(
    `make clean YES=1; docker rm -f ${NAME}-foreign; docker volume rm -f ${NAME}-foreign; docker image rm ${NAME}:latest ${NAME}-proxy:latest`,
  );
  await rm(folder, { recursive: true, force: true });
});

test('down and clean do their work in a clone in which nothing came up yet', async () => {
  // The folder of a Berth can be lost while its volumes are there: what a second clone knows of it is its name.
  const bare = await shell(
    `docker volume create --label org.berth.hub=${NAME} ${NAME}-data >/dev/null && make down && make clean YES=1`,
  );
  expect(bare.code, bare.output).toBe(0);
  expect(bare.output).toContain('berth: down. No notebook server was running.');
  expect(await must(`docker volume ls -q --filter label=org.berth.hub=${NAME}`)).toBe('');
});

test('make up starts hub and proxy, and prints the address and a one-time link', async () => {
  const output = await must('make up');
  expect(output).toMatch(new RegExp(`up after \\d+ s: http://[0-9.]+:${PORT}/`));
  expect(output).toMatch(new RegExp(`http://[0-9.]+:${PORT}/hub/setup\\?token=\\S{20,}`));
  expect(await answers('/hub/login')).toBe(200);
});

test('what make wrote is readable by its owner only, and the engine’s socket opens for the hub by its group', async () => {
  for (const file of [
    '.env',
    'secrets/proxy_auth_token',
    'secrets/cookie_secret',
    'secrets/crypt_key',
    'secrets/oauth.env',
  ]) {
    expect((await stat(join(folder, file))).mode & 0o777, file).toBe(0o600);
  }
  const env = await readFile(join(folder, '.env'), 'utf8');
  const gid = await must('stat -Lc %g /var/run/docker.sock');
  expect(env).toContain(`\nDOCKER_GID=${gid}\n`);
  expect(await must(`docker exec ${await idOf('hub')} id -G`)).toContain(gid);
});

test.each(['hub', 'proxy'])(
  '%s runs without root, on a read-only root, without capabilities',
  async (service) => {
    const status = await must(`docker exec ${await idOf(service)} cat /proc/1/status`);
    expect(status).not.toMatch(/^Uid:\s+0\b/m);
    for (const set of ['CapPrm', 'CapEff', 'CapBnd', 'CapAmb'])
      expect(status).toMatch(new RegExp(`^${set}:\\s+0+$`, 'm'));
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    expect((await shell(`docker exec ${await idOf(service)} touch /x`)).output).toContain(
      'Read-only file system',
    );
  },
);

test('the proxy has neither the engine’s socket nor the hub’s data nor its cookie secret', async () => {
  const mounts = await must(
    `docker inspect -f '{{range .Mounts}}{{.Destination}} {{end}}' ${await idOf('proxy')}`,
  );
  expect(mounts.split(' ').sort()).toEqual(['/run/secrets/proxy_auth_token', '/var/lib/berth']);
});

test('from the notebooks’ network neither the control API nor the hub’s pages can be reached; its API can', async () => {
  const probe = `
    const open = async (host, port) => new Promise((done) => {
      const socket = require('node:net').connect({ host, port, timeout: 3000 });
      socket.on('connect', () => done(true)).on('error', () => done(false)).on('timeout', () => done(false));
    });
    const hosts = process.argv.slice(2);
    const all = hosts.flatMap((host) => [open(host, 8001), open(host, 8080)]);
    console.log(JSON.stringify(await Promise.all([open('jupyterhub', 8081), ...all])));
    process.exit(0);`;
  const addresses = await must(
    `docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}' ${await idOf('hub')} ${await idOf('proxy')}`,
  );
  const hosts = addresses.trim().split(/\s+/);
  expect(hosts).toHaveLength(6);
  await writeFile(join(folder, 'probe.cjs'), `(async () => {${probe}})();`);
  const open = JSON.parse(
    await must(
      `docker run --rm --network ${NAME} -v '${folder}/probe.cjs:/probe.cjs:ro' ${NAME}:latest node /probe.cjs ${hosts.join(' ')}`,
    ),
  );
  expect(open).toEqual([true, ...hosts.flatMap(() => [false, false])]);
});

test('userlist is seen inside the moment it is saved, also when an editor puts a new file in its place', async () => {
  await writeFile(join(folder, 'userlist.new'), 'ada admin\n');
  await must('chmod 644 userlist.new && mv userlist.new userlist');
  expect(await must(`docker exec ${await idOf('hub')} cat /srv/berth/userlist`)).toBe('ada admin');
  expect(await must(`docker exec ${await idOf('hub')} ls -A /srv/berth/secrets`)).toBe('');
});

test('a second make up changes nothing and is quick', async () => {
  const before = [await idOf('hub'), await idOf('proxy'), await readFile(join(folder, '.env'), 'utf8')];
  const begun = performance.now();
  await must('make up');
  expect((performance.now() - begun) / 1000).toBeLessThan(20);
  expect([await idOf('hub'), await idOf('proxy'), await readFile(join(folder, '.env'), 'utf8')]).toEqual(
    before,
  );
});

test('the plain compose command does the same: nothing to do', async () => {
  const before = await idOf('hub');
  await must('bash compose/setup/compose.sh up -d');
  expect(await idOf('hub')).toBe(before);
});

test('the compose file is good for Compose v2 too, as Debian 13 has it', async () => {
  // The other Compose than this machine's, from Debian's packages; the same resolved settings come out of it.
  const script =
    'apt-get -o APT::Update::Error-Mode=any update -q >/dev/null && apt-get install -y -q --no-install-recommends docker-compose >/dev/null 2>&1 && cd /project && docker-compose version --short && docker-compose config --quiet && docker-compose config --services | sort';
  const said = await must(
    `docker run --rm --name ${NAME}-compose -v '${folder}:/project:ro' debian:trixie-slim sh -c '${script}'`,
  );
  expect(said).toMatch(/^2\.\d+\.\d+\S*\nhub\nproxy$/);
});

test('a folder or a userlist that the hub could not read is told, with the command that mends it', async () => {
  await chmod(folder, 0o700);
  const closed = await shell('make up');
  await chmod(folder, 0o755);
  expect(closed.output).toMatch(/so the hub could not read userlist\.\nnext: {2}Run: chmod a\+x/);
  await chmod(join(folder, 'userlist'), 0o600);
  const hidden = await shell('make up');
  await chmod(join(folder, 'userlist'), 0o644);
  expect(hidden.output).toMatch(/so the hub could not read it\.\nnext: {2}Run: chmod a\+r/);
  expect([closed.code, hidden.code]).not.toContain(0);
});

test('a setting that the hub does not understand is told before anything is replaced', async () => {
  const env = await readFile(join(folder, '.env'), 'utf8');
  const before = await idOf('hub');
  await appendFile(join(folder, '.env'), 'PIDS_LIMIT=many\n');
  const { code, output } = await shell('make up');
  await writeFile(join(folder, '.env'), env);
  expect(code).not.toBe(0);
  expect(output).toMatch(
    /\nberth: \.env:\d+: PIDS_LIMIT should be .+\.\nnext: {2}Correct it and run make again\./,
  );
  expect(await idOf('hub')).toBe(before);
});

test('a new hub replaces the hub and leaves the proxy, with everybody’s connections, alone', async () => {
  const [hub, proxy] = [await idOf('hub'), await idOf('proxy')];
  await appendFile(join(folder, 'hub/src/main.ts'), '\n// the next version\n');
  const output = await must('make up');
  expect(output).toMatch(new RegExp(`image ${NAME}:latest: built in \\d+ s`));
  expect(await idOf('hub')).not.toBe(hub);
  expect(await idOf('proxy')).toBe(proxy);
}, 290_000);

test('make down leaves notebook servers running, make down ALL=1 stops them, foreign ones never', async () => {
  const sleeper = (name: string, label: string): Promise<string> =>
    must(
      `docker run -d --name ${name} --label ${label} --label org.berth.user=ana --entrypoint sleep ${NAME}:latest 600`,
    );
  await sleeper(`${NAME}-notebook`, `org.berth.hub=${NAME}`);
  await sleeper(`${NAME}-foreign`, `org.berth.hub=${NAME}-other`);
  const running = (): Promise<string> => must(`docker ps --format '{{.Names}}' --filter name=${NAME} | sort`);

  expect(await must('make down')).toContain('go on running: 1.');
  expect(await running()).toBe(`${NAME}-foreign\n${NAME}-notebook`);
  await must('make down ALL=1');
  expect(await running()).toBe(`${NAME}-foreign`);
}, 200_000);

test('make clean asks before volumes go: where nobody can answer it removes nothing', async () => {
  await must(`docker volume create ${NAME}-foreign`);
  const { code, output } = await shell('make clean </dev/null');
  expect(code).not.toBe(0);
  expect(output).toContain(`${NAME}-data`);
  expect(output).toMatch(/next: {2}.*YES=1/);
  expect(await must(`docker volume ls -q --filter name=${NAME}`)).toContain(`${NAME}-data`);
});

test('make clean YES=1 removes what is ours and nothing else', async () => {
  await must('make clean YES=1');
  expect(await must(`docker ps -a --format '{{.Names}}' --filter name=${NAME}`)).toBe(`${NAME}-foreign`);
  expect(await must(`docker volume ls -q --filter name=${NAME}`)).toBe(`${NAME}-foreign`);
  expect(await must(`docker network ls -q --filter name=${NAME}`)).toBe('');
  expect(await must('ls .env userlist secrets/cookie_secret')).toBeTruthy();
  expect(await must(`docker image ls -q ${NAME}`)).not.toBe('');
}, 120_000);

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newNotebook, runCell } from '../../e2e/jupyter-lab.ts';
import { docker } from '../locked-container.ts';
import { ImagesHouse, PREFIX } from './images-house.ts';
import { editFile, folderIsOpen, openTerminal, typeLine } from './vs-code.ts';
import { echoApp } from './websocket-app.ts';

const run = promisify(execFile);

let house: ImagesHouse;
beforeAll(async () => {
  house = await ImagesHouse.open({
    images: ['code-server', 'server'],
    profiles: [await echoApp(), OLD_WAYS],
  });
});
afterAll(() => house?.close());

/** As Jupyter's own documents say it, for those who come from there. */
const OLD_WAYS = {
  display_name: 'With a token of its own',
  slug: 'token',
  kind: 'web',
  port: 8888,
  health_path: '/api',
  kubespawner_override: { image: `${PREFIX}server`, environment: { JUPYTER_TOKEN: 'of-the-course' } },
};

/** Runs a command in somebody's container. */
async function inside(user: string, script: string): Promise<string> {
  const { Id: id = '' } = (await house.hub.container(user)) ?? {};
  const { stdout } = await run('docker', ['exec', id, 'bash', '-c', script], { timeout: 60_000 });
  return stdout.trim();
}

/** What a neighbour on the notebooks' network is answered who calls the port itself. */
async function neighbour(user: string, port: number, path: string): Promise<string> {
  const container = await house.hub.container(user);
  const address = Object.values(container?.NetworkSettings.Networks ?? {})[0]?.IPAddress;
  const ask = `import urllib.request as u, urllib.error as e
try: print(u.urlopen("http://${address}:${port}${path}", timeout=20).status)
except e.HTTPError as told: print(told.code)`;
  const words = ['run', '--rm', '--network', house.hub.dock.name, '--entrypoint', 'python3'];
  return docker([...words, `${PREFIX}code-server`, '-c', ask]);
}

describe('VS Code', () => {
  test('opens a folder, edits a file, runs in its terminal; what a program on 127.0.0.1:5000 serves opens at proxy/5000/', async () => {
    const user = house.name('coder');
    const page = await house.person(user);
    await house.start(page, 'profile=code-server');
    await inside(
      user,
      `cd ~/work && echo '# an application' > app.py && cat > ${FLASK.file} <<'E'\n${FLASK.text}\nE`,
    );
    await folderIsOpen(page);
    await editFile(page, 'app.py', 'ANSWER = 42 ');
    await expect
      .poll(() => inside(user, 'cat ~/work/app.py'), { timeout: 60_000 })
      .toBe('ANSWER = 42 # an application');

    await openTerminal(page);
    const seen = async () => (await inside(user, 'cat ~/work/seen 2>/dev/null || true')) === '42';
    await typeLine(page, 'python3 -c "import app; print(app.ANSWER)" > seen', seen);
    await house.photograph(page, 'vs-code');

    const listening = async () =>
      (await inside(user, "grep -c ':1388 .* 0A ' /proc/net/tcp || true")) === '1';
    await typeLine(page, `python3 ${FLASK.file}`, listening);
    // On the loopback alone: 0100007F:1388.
    expect(await inside(user, "grep -c '0100007F:1388 ' /proc/net/tcp")).not.toBe('0');
    const other = await page.context().newPage();
    const answer = await other.goto(`${house.url}/user/${user}/proxy/5000/`);
    expect([answer?.status(), await other.locator('body').textContent()]).toEqual([200, 'Hello from Flask']);
    await house.photograph(other, 'flask');
    await other.close();

    const stranger = await house.stranger();
    await stranger.goto(`${house.url}/user/${user}/proxy/5000/`);
    expect(await stranger.locator('body').textContent()).not.toContain('Hello from Flask');
    await stranger.goto(`${house.url}/user/${user}/`);
    await stranger.waitForURL(/\/hub\/login/);
  });

  test('a neighbour on the notebooks’ network does not get in, and learns no more than that it is well', async () => {
    const user = house.name('coder');
    expect(await neighbour(user, 8080, '/')).toBe('403');
    expect(await neighbour(user, 8080, '/healthz')).toBe('200');
    await expect(neighbour(user, 8081, '/')).rejects.toThrow(/refused/i);
  });
});

describe('a plain Jupyter server', () => {
  test('has nothing of JupyterHub in it, opens JupyterLab for its owner without asking, and a cell runs', async () => {
    const user = house.name('plain');
    const page = await house.person(user);
    await house.start(page, 'profile=server');
    await newNotebook(page);
    expect(await runCell(page, '6*7')).toBe('42');
    expect(await runCell(page, '!python3 -c "import jupyterhub" 2>&1 | tail -1')).toMatch(
      /^ModuleNotFoundError/,
    );
    await house.photograph(page, 'plain-server');
    expect(await neighbour(user, 8888, `/jhub/user/${user}/api/contents`)).toBe('403');
  });

  test('with a token of its own it asks for that, and lets in with it', async () => {
    const user = house.name('token');
    const page = await house.person(user);
    await house.start(page, 'profile=token');
    await page.waitForURL(/\/login\?next=/);
    await page.goto(`${house.url}/user/${user}/lab?token=of-the-course`);
    await newNotebook(page);
    expect(await runCell(page, '6*7')).toBe('42');
  });
});

test('a program that speaks WebSocket is used like any other', async () => {
  const user = house.name('echo');
  const page = await house.person(user);
  await house.start(page, 'profile=echo');
  await page.getByText(`told back: hello from ${user}`).waitFor();
  await house.photograph(page, 'websocket');
});

const FLASK = {
  file: 'hello.py',
  text: `from flask import Flask
app = Flask(__name__)
@app.route("/")
def hello():
    return "Hello from Flask"
app.run(host="127.0.0.1", port=5000)`,
};

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { request } from 'undici';
import { SHARED } from '../conformance/side.ts';

const run = promisify(execFile);
const IMAGE = 'berth-conformance-jupyterhub';
const READY_MS = 180_000;

/** What its configuration has beside that of the conformance tests: two people whose servers cannot start. */
const MORE = `
from jupyterhub.spawner import SimpleLocalProcessSpawner
class Failing(SimpleLocalProcessSpawner):
    async def start(self):
        if self.user.name == "fay":
            self.cmd = ["/no/such/program"]
        if self.user.name == "dan":
            self.cmd = ["sh", "-c", "echo Permission denied: /home/dan/.local >&2; exit 1", "sh"]
        return await super().start()
c.JupyterHub.spawner_class = Failing
`;

/** The real JupyterHub 5.2.1 behind its own proxy, as browsers meet it. */
export async function startJupyterHub(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const here = join(import.meta.dirname, '../conformance/jupyterhub');
  await run('docker', ['build', '-q', '-t', IMAGE, here], { timeout: 800_000 });
  const command =
    'printf "%s" "$MORE" >> jupyterhub_config.py && exec jupyterhub -f /srv/jupyterhub_config.py';
  const { stdout } = await run('docker', [
    ...['run', '--detach', '--rm', '--label', 'org.berth.test=pages'],
    ...['--env', `CONFORMANCE=${JSON.stringify(SHARED)}`, '--env', `MORE=${MORE}`],
    ...[IMAGE, 'sh', '-c', command],
  ]);
  const id = stdout.trim();
  const close = async () => void (await run('docker', ['rm', '--force', id]));
  try {
    const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
    const { stdout: address } = await run('docker', ['inspect', '--format', format, id]);
    const url = `http://${address.trim()}:8000`;
    await waitFor(`${url}/hub/login`);
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function waitFor(url: string): Promise<void> {
  const until = Date.now() + READY_MS;
  while (Date.now() < until) {
    const asked = request(url, { signal: AbortSignal.timeout(3000) }).then(async ({ statusCode, body }) => {
      await body.dump();
      return statusCode;
    });
    // Not listening yet.
    if ((await asked.catch(() => 599)) === 200) return;
    await sleep(300);
  }
  throw new Error(`${url} did not come up`);
}

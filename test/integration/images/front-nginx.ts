import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SNIPPET = join(import.meta.dirname, '../../../nginx/snippet-nginx.conf');
const LOOKS = 100;

export interface FrontNginx {
  close(): Promise<void>;
}

/**
 * The machine's own nginx at an address, with the snippet that administrators are given and nothing else: what is below
 * `/jhub/` goes to `target`.
 */
export async function openFrontNginx(
  { host, port }: { readonly host: string; readonly port: number },
  target: string,
): Promise<FrontNginx> {
  const directory = await mkdtemp(join(tmpdir(), 'berth-nginx-'));
  const snippet = (await readFile(SNIPPET, 'utf8')).replace('http://127.0.0.1:8000', target);
  const [map = '', location = ''] = snippet.split(/^(?=location )/m);
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const temporary = places.map((name) => `${name}_temp_path ${directory}/${name};`).join('\n');
  const config = join(directory, 'nginx.conf');
  await writeFile(
    config,
    `daemon off;\npid ${directory}/pid;\nerror_log stderr warn;\nevents {}\nhttp {\naccess_log off;\n${temporary}\n${map}
server {\nlisten ${host}:${port};\n${location}\n}\n}\n`,
  );
  const child = spawn('nginx', ['-c', config], { stdio: ['ignore', 'ignore', 'inherit'] });
  const close = async () => {
    if (child.exitCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }
    await rm(directory, { recursive: true, force: true });
  };
  for (let look = 0; look < LOOKS && child.exitCode === null; look += 1) {
    if (await fetch(`http://${host}:${port}/jhub/hub/login`).then(...okOrNot)) return { close };
    await sleep(100);
  }
  await close();
  throw new Error('nginx did not hand anything on');
}

const okOrNot = [(answer: Response) => answer.ok, () => false] as const;

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { docker } from '../locked-container.ts';

const run = promisify(execFile);

export interface ServedRepository {
  /** As containers of the network reach it. */
  readonly url: string;
  close(): Promise<void>;
}

/** A bare git repository with these files on `main`, by git's own HTTP on the gateway of a network of the engine. */
export async function serveRepository(
  network: string,
  files: Readonly<Record<string, string>>,
): Promise<ServedRepository> {
  const directory = await mkdtemp(join(tmpdir(), 'berth-repository-'));
  const tree = join(directory, 'tree');
  await mkdir(tree);
  const who = ['-c', 'user.name=Teacher', '-c', 'user.email=teacher@example.org'];
  const git = (...words: string[]) => run('git', [...who, ...words], { cwd: tree });
  await git('init', '-q', '-b', 'main');
  for (const [name, text] of Object.entries(files)) await writeFile(join(tree, name), text);
  await git('add', '.');
  await git('commit', '-q', '-m', 'Lesson');
  await git('clone', '-q', '--bare', tree, join(directory, 'course.git'));
  const gateway = await docker(['network', 'inspect', '-f', '{{(index .IPAM.Config 0).Gateway}}', network]);
  const server = createServer((asked, answer) => serve(directory, asked, answer)).listen(0, gateway);
  await once(server, 'listening');
  return {
    url: `http://${gateway}:${(server.address() as AddressInfo).port}/course.git`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** One request by `git http-backend`, which speaks CGI: fields in the environment, a head before the body. */
function serve(root: string, asked: IncomingMessage, answer: ServerResponse): void {
  const { pathname, searchParams } = new URL(asked.url ?? '/', 'http://served');
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: pathname,
      QUERY_STRING: String(searchParams),
      REQUEST_METHOD: asked.method,
      CONTENT_TYPE: asked.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: asked.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(asked.headers['git-protocol'] ?? ''),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: 60_000,
  });
  asked.pipe(backend.stdin);
  const pieces: Buffer[] = [];
  backend.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  backend.on('close', () => {
    const whole = Buffer.concat(pieces);
    const end = whole.indexOf('\r\n\r\n');
    for (const line of whole.subarray(0, end).toString().split('\r\n')) {
      const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(line) ?? [];
      if (name === 'Status') answer.statusCode = Number.parseInt(value, 10);
      else if (name !== '') answer.setHeader(name, value);
    }
    answer.end(whole.subarray(end + 4));
  });
}

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { removeNetwork } from '../support/remove-network.ts';
import { addressOf, docker, type LockedContainer, logOf, startLocked } from './locked-container.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const BUILD_MS = 600_000;

/** Tells what it was asked, and streams for `/stream`: a second a line, twelve of them. */
const ECHO = `
const http = require('node:http');
http.createServer((request, response) => {
  if (request.url !== '/stream') {
    return response.end(JSON.stringify({ url: request.url, headers: request.headers }));
  }
  let line = 0;
  const timer = setInterval(() => {
    response.write('line ' + (line += 1) + '\\n');
    if (line === 12) { clearInterval(timer); response.end('end'); }
  }, 1000);
}).listen(8000);`;

export type FrontKind = 'nginx' | 'apache';

/** A real front server as the appliance's overlay runs it, before something that tells what it was asked. */
export class FrontHouse {
  readonly kind: FrontKind;
  readonly name: string;
  readonly #directory: string;
  readonly #containers: string[] = [];

  private constructor(kind: FrontKind, directory: string) {
    this.kind = kind;
    this.name = `berth-front-${kind}-${randomBytes(3).toString('hex')}`;
    this.#directory = directory;
  }

  static async open(kind: FrontKind): Promise<FrontHouse> {
    const house = new FrontHouse(kind, await mkdtemp(join(tmpdir(), 'berth-front-')));
    const context = join(ROOT, 'nginx');
    await docker(
      ['build', '-q', '-t', `berth-test-${kind}`, '-f', join(context, `Dockerfile.${kind}`), context],
      BUILD_MS,
    );
    await docker(['network', 'create', house.name]);
    await run('chmod', ['755', house.#directory]);
    await house.#start('echo', 'debian:trixie-slim', {
      alias: ['berth-proxy'],
      volumes: [`${join(ROOT, 'node_modules/node/bin/node')}:/node:ro`],
      words: ['/node', '-e', ECHO],
    });
    return house;
  }

  /** The address from which this machine comes. */
  gateway(): Promise<string> {
    return docker(['network', 'inspect', '-f', '{{(index .IPAM.Config 0).Gateway}}', this.name]);
  }

  /** Starts a front server; answers its address. Its certificate is in a folder that `certify` fills. */
  async front(word: string, trusted: string): Promise<string> {
    await mkdir(join(this.#directory, word), { recursive: true });
    const name = await this.#start(word, `berth-test-${this.kind}`, {
      settings: { TRUSTED_PROXIES: trusted },
      volumes: [`${join(ROOT, 'nginx')}:/etc/berth:ro`, `${join(this.#directory, word)}:/run/secrets:ro`],
    });
    return addressOf(name);
  }

  /** Puts a fresh certificate for a host in place, as `cp` would. */
  async certify(word: string, host: string): Promise<void> {
    const place = (name: string) => join(this.#directory, word, name);
    const { stdout } = await run('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${host}`],
      ...['-keyout', '-', '-out', '-'],
    ]);
    const [key = ''] = /-----BEGIN PRIVATE KEY[\s\S]*?END PRIVATE KEY-----/.exec(stdout) ?? [];
    const [certificate = ''] = /-----BEGIN CERTIFICATE[\s\S]*?END CERTIFICATE-----/.exec(stdout) ?? [];
    await writeFile(place('jupyterhub.key'), `${key}\n`, { mode: 0o644 });
    await writeFile(place('jupyterhub.crt'), `${certificate}\n`, { mode: 0o644 });
  }

  log(word: string): Promise<string> {
    return logOf(`${this.name}-${word}`);
  }

  async close(): Promise<void> {
    if (this.#containers.length > 0) await docker(['rm', '-f', ...this.#containers]);
    await removeNetwork(this.name);
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #start(word: string, image: string, more: Partial<LockedContainer>): Promise<string> {
    const name = `${this.name}-${word}`;
    this.#containers.push(name);
    await startLocked({ ...more, name, network: this.name, image });
    return name;
  }
}

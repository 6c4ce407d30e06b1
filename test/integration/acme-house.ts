import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { docker, type LockedContainer, logOf, startLocked, until } from './locked-container.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const BUILD_MS = 600_000;

/** The port on which the authority asks, as the appliance's servers listen inside their containers. */
const ASKED_AT = 8080;
/** Seconds that a certificate holds: short, so that a renewal comes by itself. */
const VALID_SECONDS = 80;

/** A real ACME authority, the appliance's own ACME container, and whoever stands in front, on a network of their own. */
export class AcmeHouse {
  readonly name = `berth-front-acme-${randomBytes(3).toString('hex')}`;
  readonly #directory: string;
  readonly #containers: string[] = [];
  readonly #volumes: string[] = [];

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async open(): Promise<AcmeHouse> {
    const house = new AcmeHouse(await mkdtemp(join(tmpdir(), 'berth-acme-')));
    try {
      await docker(['build', '-q', '-t', 'berth-test-pebble', join(ROOT, 'test/stand-ins/pebble')], BUILD_MS);
      await docker(['build', '-q', '-t', 'berth-test-acme', join(ROOT, 'compose/acme')], BUILD_MS);
      await docker(['network', 'create', house.name]);
      await house.#pebble();
      return house;
    } catch (error) {
      await house.close();
      throw error;
    }
  }

  /** The ACME container for these hosts, asking `front` whether it is answered. Answers its name. */
  async acme(word: string, hosts: string, front: string): Promise<string> {
    for (const volume of [this.certificates(word), `${this.name}-${word}-state`]) {
      await docker(['volume', 'create', volume]);
      this.#volumes.push(volume);
    }
    const settings = {
      ACME_HOSTS: hosts,
      ACME_EMAIL: 'admin@hub.test',
      ACME_SERVER: `https://pebble.test:14000/dir`,
      ACME_CA_BUNDLE: '/run/authorities.pem',
      ACME_CHECK_SECONDS: '5',
      ACME_RETRY_SECONDS: '3',
      ACME_FRONT: `${front}:${ASKED_AT}`,
      HOME: '/tmp',
    };
    const volumes = [
      `${this.name}-${word}-state:/var/lib/acme`,
      `${this.certificates(word)}:/run/certificates`,
      `${join(this.#directory, 'ca.crt')}:/run/authorities.pem:ro`,
    ];
    return this.start(word, 'berth-test-acme', { settings, volumes, alias: [] });
  }

  /** The volume in which the certificates are. */
  certificates(word: string): string {
    return `${this.name}-${word}-certificates`;
  }

  /** Our proxy with TLS from the certificates, as `compose/tls.yaml` and `compose/acme.yaml` run it. */
  async proxy(name: string, word: string, alias: string): Promise<string> {
    const words = ['--port=8000', '--ssl-key=/x/jupyterhub.key', '--ssl-cert=/x/jupyterhub.crt'];
    return this.start(name, 'debian:trixie-slim', {
      settings: {
        CONFIGPROXY_AUTH_TOKEN: 'a word',
        CONFIGPROXY_SSL_FOLDER: '/run/certificates/current',
        CONFIGPROXY_CHALLENGE_DIR: '/run/certificates/challenges',
      },
      volumes: [
        `${this.certificates(word)}:/run/certificates:ro`,
        `${join(ROOT, 'node_modules')}:/berth/node_modules:ro`,
        `${join(ROOT, 'proxy')}:/berth/proxy:ro`,
        `${join(ROOT, 'package.json')}:/berth/package.json:ro`,
      ],
      alias: [alias],
      words: [
        '/berth/node_modules/node/bin/node',
        '/berth/proxy/src/main.ts',
        ...words,
        '--redirect-port=8080',
      ],
    });
  }

  /** Starts one of the house; answers its whole name. */
  async start(word: string, image: string, more: Partial<LockedContainer>): Promise<string> {
    const name = `${this.name}-${word}`;
    this.#containers.push(name);
    await startLocked({ ...more, name, network: this.name, image });
    return name;
  }

  /** Waits until the log of a container fits. @throws Error with the log after the deadline. */
  async says(container: string, words: RegExp, seconds = 240): Promise<string> {
    return until(async () => {
      const log = await logOf(container);
      if (!words.test(log)) throw new Error(`${container} never said ${words}:\n${log.slice(-3000)}`);
      return log;
    }, seconds);
  }

  /** The certificate of the authority that signs what the test authority gives out. */
  async root(): Promise<string> {
    const words = [
      'curl',
      '-sS',
      '-m',
      '20',
      '--cacert',
      '/run/authorities.pem',
      'https://pebble.test:15000/roots/0',
    ];
    return docker(['exec', `${this.name}-right`, ...words]);
  }

  async close(): Promise<void> {
    if (this.#containers.length > 0) await docker(['rm', '-f', '-v', ...this.#containers]);
    for (const volume of this.#volumes) await docker(['volume', 'rm', '-f', volume]);
    await docker(['network', 'rm', this.name]).catch(() => {});
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #pebble(): Promise<void> {
    const place = (name: string) => join(this.#directory, name);
    const key = ['-newkey', 'rsa:2048', '-nodes', '-days', '2'];
    const ca = ['-subj', '/CN=An authority of the lab', '-keyout', place('ca.key'), '-out', place('ca.crt')];
    await run('openssl', ['req', '-x509', ...key, ...ca]);
    const of = ['-subj', '/CN=pebble.test', '-addext', 'subjectAltName=DNS:pebble.test,DNS:localhost'];
    const signed = [
      '-CA',
      place('ca.crt'),
      '-CAkey',
      place('ca.key'),
      '-addext',
      'basicConstraints=CA:FALSE',
    ];
    const made = ['-keyout', place('pebble.key'), '-out', place('pebble.crt')];
    await run('openssl', ['req', '-x509', ...key, ...of, ...signed, ...made]);
    const config = {
      listenAddress: '0.0.0.0:14000',
      managementListenAddress: '0.0.0.0:15000',
      certificate: '/etc/pebble/pebble.crt',
      privateKey: '/etc/pebble/pebble.key',
      httpPort: ASKED_AT,
      tlsPort: 5001,
      ocspResponderURL: '',
      externalAccountBindingRequired: false,
      certificateValidityPeriod: VALID_SECONDS,
      profiles: { default: { description: 'short', validityPeriod: VALID_SECONDS } },
    };
    await mkdir(place('pebble'));
    await writeFile(place('pebble/config.json'), JSON.stringify({ pebble: config }));
    for (const file of ['pebble.crt', 'pebble.key'])
      await writeFile(place(`pebble/${file}`), await readFile(place(file)), { mode: 0o644 });
    await run('chmod', ['-R', 'a+rX', this.#directory]);
    await this.start('pebble', 'berth-test-pebble', {
      settings: {},
      volumes: [`${place('pebble')}:/etc/pebble:ro`],
      alias: ['pebble.test', 'elsewhere.test'],
    });
  }
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stack } from '../e2e/stack.ts';
import { buildStandIn } from '../load/build-stand-in.ts';
import { dockerOf, loadStack, profilesOf } from '../load/load-stack.ts';
import { makeCertificate } from '../load/make-certificate.ts';
import { type SecondEngine, startSecondEngine } from '../prove/second-engine.ts';
import { must, patientOverlay, shell } from '../prove/shell.ts';
import { StandInIdentityProvider } from '../stand-ins/identity-provider.ts';
import { STAND_IN_NOTEBOOK } from '../support/stand-in-notebook.ts';
import { answersCarry, LabClock } from './lab-clock.ts';
import { makeDisk, type SmallDisk } from './small-disk.ts';

const NAME = 'berth-load-faults';
const LINE = '10.213.94';
const [PORT, HTTP_PORT, HTTPS_PORT] = [21_510, 21_511, 21_512];
const IMAGES = {
  BERTH_IMAGE: 'berth-load:latest',
  BERTH_PROXY_IMAGE: 'berth-load-proxy:latest',
  BERTH_FRONT_IMAGE: 'berth-load-nginx:latest',
};
/** The same with the lab's clock: what runs. */
const CLOCKED = { hub: 'berth-load-clock:latest', notebook: 'berth-load-clock-notebook:latest' };
/** Seconds between two looks of the culler, which is on in all faults. */
export const CULL_EVERY = 5;
/** Enough for the images and for what people save; quick to fill. */
const ENGINE_MB = 3_000;
const DATA_MB = 48;

/** Where each answers inside its own container; its answers carry its time of day. */
const HEALTH = {
  hub: 'http://hub-control:8080/hub/health',
  proxy: 'http://127.0.0.1:8000/_chp_healthz',
};

/** The whole appliance behind nginx with TLS, on an engine of its own, whose disk and whose hub's disk are small ones. */
export class FaultsLab {
  readonly engine: SecondEngine;
  readonly stack: Stack;
  readonly url: string;
  readonly provider: StandInIdentityProvider;
  readonly engineDisk: SmallDisk;
  readonly dataDisk: SmallDisk;
  readonly clock: LabClock;
  readonly docker: (...words: readonly string[]) => Promise<string>;

  private constructor(
    parts: Pick<FaultsLab, 'engine' | 'stack' | 'url' | 'provider' | 'engineDisk' | 'dataDisk' | 'clock'>,
  ) {
    this.engine = parts.engine;
    this.stack = parts.stack;
    this.url = parts.url;
    this.provider = parts.provider;
    this.engineDisk = parts.engineDisk;
    this.dataDisk = parts.dataDisk;
    this.clock = parts.clock;
    this.docker = dockerOf(parts.stack);
  }

  static async open(): Promise<FaultsLab> {
    const engineDisk = await makeDisk(ENGINE_MB);
    const dataDisk = await makeDisk(DATA_MB);
    const engine = await startSecondEngine({ word: 'berth-load', line: LINE, folder: engineDisk.folder });
    const clock = await LabClock.make();
    const url = `https://${engine.address}:${HTTPS_PORT}`;
    const provider = await StandInIdentityProvider.listen(
      { callbackUrl: `${url}/hub/oauth_callback` },
      { host: engine.here },
    );
    const socket = engine.host.replace('unix://', '');
    const stack = await loadStack({
      name: NAME,
      port: PORT,
      settings: { ...IMAGES, ...settingsFor(url, provider) },
      environment: { DOCKER_HOST: engine.host, DOCKER_SOCKET: socket },
      files: {
        'patient.yaml': patientOverlay('10.213.92'),
        'clock.yaml': clock.overlay({ hub: CLOCKED.hub, proxy: CLOCKED.hub }),
        'config.yaml': profilesOf({ image: CLOCKED.notebook, more: clock.mounts }),
      },
    });
    const lab = new FaultsLab({ engine, stack, url, provider, engineDisk, dataDisk, clock });
    try {
      await lab.#up();
      return lab;
    } catch (error) {
      await lab.close();
      throw error;
    }
  }

  /** Process id of a service's container on this machine. */
  async pid(service: 'hub' | 'proxy' | 'nginx'): Promise<number> {
    return await this.pidOf(await this.stack.container(service));
  }

  async pidOf(container: string): Promise<number> {
    return Number(await this.docker('inspect', '-f', '{{.State.Pid}}', container));
  }

  /** Address of a service on one of its networks, whose name ends so. */
  async address(service: 'hub' | 'proxy', network: 'control' | 'network'): Promise<string> {
    const format = `{{range $name, $end := .NetworkSettings.Networks}}{{$name}}={{$end.IPAddress}} {{end}}`;
    const all = (await this.docker('inspect', '-f', format, await this.stack.container(service))).split(' ');
    const found = all.find((one) => one.split('=')[0]?.endsWith(network));
    if (found === undefined) throw new Error(`${service} is not on a network …${network}: ${all}`);
    return found.split('=')[1] ?? '';
  }

  /** Sets the time of day of hub, proxy and notebook servers so many seconds from the true one, and waits until they have it. */
  async turnClock(seconds: number): Promise<void> {
    await this.clock.set(seconds);
    for (const [service, url] of Object.entries(HEALTH)) {
      const ask = `fetch('${url}').then((answer) => console.log(Date.parse(answer.headers.get('date'))))`;
      const container = await this.stack.container(service);
      await answersCarry(seconds, async () =>
        Number(await this.docker('exec', container, 'node', '-e', ask).catch(() => 'NaN')),
      );
    }
  }

  get dataFolder(): string {
    return join(this.dataDisk.folder, 'data');
  }

  async close(): Promise<void> {
    await this.provider.close();
    await this.engine.remove();
    await must('/', ['rm', '-rf', this.stack.directory]);
    // The build on this machine's engine made these two there as well.
    await shell('/', ['docker', 'volume', 'rm', `${NAME}-data`]);
    await shell('/', ['docker', 'network', 'rm', `${NAME}-network`]);
    await this.engineDisk.remove();
    await this.dataDisk.remove();
    await this.clock.remove();
  }

  /** Images are built by this machine's engine, which has their layers, and brought over. */
  async #up(): Promise<void> {
    const { directory } = this.stack;
    await buildStandIn();
    await makeCertificate(directory, this.engine.address);
    await must(directory, ['bash', 'compose/setup/build.sh']);
    await this.clock.build(IMAGES.BERTH_IMAGE, CLOCKED.hub);
    await this.clock.build(STAND_IN_NOTEBOOK, CLOCKED.notebook);
    await this.engine.load([...Object.values(IMAGES), ...Object.values(CLOCKED)]);
    await mkdir(this.dataFolder);
    const bind = ['type=none', 'o=bind', `device=${this.dataFolder}`].flatMap((option) => ['-o', option]);
    await this.docker('volume', 'create', ...bind, `${NAME}-data`);
    for (const step of ['network-and-volume', 'data-owner']) await this.#setup(step);
    await this.stack.compose('up', '-d', '--no-build');
    await this.#setup('wait', '180');
  }

  async #setup(step: string, ...words: readonly string[]): Promise<void> {
    const { directory, options } = this.stack;
    const environment = options.environment ?? {};
    await must(directory, ['bash', `compose/setup/${step}.sh`, ...words], { environment });
  }
}

function settingsFor(url: string, provider: StandInIdentityProvider): Readonly<Record<string, string>> {
  return {
    COMPOSE_FILE: 'compose.yaml:compose/nginx.yaml:patient.yaml:clock.yaml',
    HTTP_PORT: String(HTTP_PORT),
    HTTPS_PORT: String(HTTPS_PORT),
    FRONT_NET: '10.213.93',
    PUBLIC_URL: url,
    AUTHENTICATOR_CLASS: 'dummy,generic-oauth',
    OAUTH2_ISSUER: provider.issuer,
    OAUTH_CLIENT_ID: provider.clientId,
    OAUTH_CLIENT_SECRET: provider.clientSecret,
    OAUTH_CALLBACK_URL: `${url}/hub/oauth_callback`,
    // Seconds: whoever is signed in is asked about again while the provider is away.
    AUTH_REFRESH_AGE: '5',
    // A start that does not come about says so while the fault is there.
    HTTP_TIMEOUT: '20',
    START_TIMEOUT: '20',
    // As in a lab, though with many more looks: nobody here is idle for an hour.
    CULL_ENABLED: 'true',
    CULL_TIMEOUT: '3600',
    CULL_EVERY: String(CULL_EVERY),
  };
}

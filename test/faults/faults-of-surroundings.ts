import { connect } from 'node:tls';
import { makeCertificate } from '../load/make-certificate.ts';
import { cutOff, type Mend } from './cut.ts';
import { AWAY, type Fault, WELL } from './fault.ts';
import type { FaultsLab } from './faults-lab.ts';
import { RealmPerson } from './realm-person.ts';

const UNTOUCHED = { 'sign-in page': WELL, 'home page': WELL, notebook: WELL } as const;
/** Docker's own name server, in every container. */
const NAME_SERVER = '127.0.0.11';
/** nginx looks every two seconds whether its certificate has changed, and takes one that has stood still for a look. */
const CERTIFICATE_MS = 15_000;

/** Networks, names, clocks' neighbours: what hub and proxy stand in. */
export const OF_SURROUNDINGS: readonly Fault[] = [
  {
    name: 'network cut between proxy and hub',
    what: 'packets between proxy and hub are dropped without a word',
    seconds: 15,
    takes: 'network',
    mended: 'by itself, when the network is whole again',
    within: 60,
    expects: {
      doors: { 'sign-in page': AWAY, 'home page': AWAY, notebook: WELL },
      script: AWAY,
      sockets: 'kept',
    },
    inject: async (lab) =>
      cutOff(await lab.pid('hub'), [
        await lab.address('proxy', 'control'),
        await lab.address('proxy', 'network'),
      ]),
  },
  {
    name: 'network cut between hub and notebooks',
    what: 'packets between the hub and every notebook server are dropped without a word',
    seconds: 25,
    takes: 'network',
    mended: 'by itself, when the network is whole again',
    within: 60,
    expects: {
      doors: UNTOUCHED,
      words: /did not answer|not reach|does not answer|in time/i,
      newcomer: /^wait for the start 500/,
      script: /^201$/,
      sockets: 'kept',
    },
    inject: async (lab) => {
      const subnet = '{{(index .IPAM.Config 0).Subnet}}';
      const range = await lab.docker('network', 'inspect', '-f', subnet, `${lab.stack.options.name}-network`);
      return cutOff(await lab.pid('hub'), [range]);
    },
  },
  {
    name: 'names of the engine fail',
    what: 'Docker’s name server answers neither the hub nor the proxy',
    seconds: 15,
    takes: 'network',
    mended: 'by itself, when it answers again',
    within: 60,
    expects: {
      doors: { ...UNTOUCHED, 'sign-in page': AWAY, 'home page': AWAY },
      script: AWAY,
      sockets: 'kept',
    },
    inject: async (lab) => {
      const cuts: Mend[] = [];
      for (const service of ['hub', 'proxy'] as const) {
        cuts.push(await cutOff(await lab.pid(service), [NAME_SERVER]));
      }
      return async () => {
        for (const mend of cuts) await mend();
      };
    },
  },
  {
    name: 'certificate expired',
    what: 'the certificate that nginx shows has been over for three days',
    seconds: 20,
    takes: 'certificate',
    mended:
      'the administrator copies a new certificate over it: in force within seconds, nothing is restarted',
    within: 30,
    // People's browsers warn; whoever goes on, and every page that is open, is served as before.
    expects: { doors: UNTOUCHED, newcomer: /^started$/, script: /^201$/, sockets: 'kept' },
    inject: async (lab) => {
      await showsCertificate(lab, -3, /CERT_HAS_EXPIRED/);
      return () => showsCertificate(lab, 30, /^well$/);
    },
  },
  {
    name: 'identity provider away',
    what: 'the OpenID Connect provider cannot be reached: who comes through it now is told so, who is signed in and due to be asked about stays',
    seconds: 15,
    takes: 'provider',
    mended: 'by itself, when it is back',
    within: 30,
    expects: { doors: UNTOUCHED, newcomer: /^started$/, script: /^201$/, sockets: 'kept' },
    inject: async (lab) => {
      const [olga, late] = [new RealmPerson(lab), new RealmPerson(lab)];
      await olga.comes('olga', /^200 /);
      const mend = await cutOff(await lab.pid('hub'), [lab.engine.here]);
      return async () => {
        try {
          // Later than AUTH_REFRESH_AGE: the hub wants to ask about her, cannot, and does not take that for a refusal.
          await olga.isAtHome();
          await late.comes('mona', /^50\d .*(?:sign|provider|reach)/i);
        } finally {
          await mend();
        }
        await olga.isAtHome();
        await late.comes('mona', /^200 /);
      };
    },
  },
];

/** Puts a certificate there and waits until a browser that looks at it says what is expected. */
async function showsCertificate(lab: FaultsLab, days: number, expected: RegExp): Promise<void> {
  const certificate = await makeCertificate(lab.stack.directory, lab.engine.address, days);
  const end = Date.now() + CERTIFICATE_MS;
  let said = '';
  while (Date.now() < end) {
    said = await whatBrowsersSay(lab.url, certificate);
    if (expected.test(said)) return;
    await new Promise((later) => setTimeout(later, 500));
  }
  throw new Error(`the certificate in force is not the new one after ${CERTIFICATE_MS / 1000} s: ${said}`);
}

/** `well`, or why a client that trusts this certificate's maker turns away. */
function whatBrowsersSay(url: string, ca: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((said) => {
    const socket = connect({ host: hostname, port: Number(port), ca, timeout: 5_000 }, () => {
      said('well');
      socket.destroy();
    });
    socket.once('timeout', () => socket.destroy(new Error('late')));
    socket.once('error', (error: NodeJS.ErrnoException) => said(error.code ?? error.message));
  });
}

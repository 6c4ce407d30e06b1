import { AWAY, ENDED, type Fault, NOTHING, WELL } from './fault.ts';

/** What Docker does first when a container ends: it starts it again, at once. */
const BY_ITSELF = 'by itself: the engine starts it again';

/** Programs that end from one moment to the next, by SIGKILL. */
export const OF_PROGRAMS: readonly Fault[] = [
  {
    name: 'hub killed',
    what: 'SIGKILL to the hub',
    seconds: 5,
    takes: 'hub',
    mended: BY_ITSELF,
    within: 60,
    expects: {
      doors: { 'sign-in page': AWAY, 'home page': AWAY, notebook: WELL },
      newcomer: /./,
      script: AWAY,
      sockets: 'kept',
    },
    inject: async (lab) => {
      await killIfThere(await lab.pid('hub'));
      return NOTHING;
    },
  },
  {
    name: 'proxy killed',
    what: 'SIGKILL to the proxy',
    seconds: 5,
    takes: 'proxy',
    mended: BY_ITSELF,
    within: 60,
    expects: {
      doors: { 'sign-in page': AWAY, 'home page': AWAY, notebook: AWAY },
      newcomer: /./,
      script: AWAY,
      sockets: 'cut',
    },
    inject: async (lab) => {
      await killIfThere(await lab.pid('proxy'));
      return NOTHING;
    },
  },
  {
    name: 'front server killed',
    what: 'SIGKILL to nginx',
    seconds: 5,
    takes: 'front',
    mended: BY_ITSELF,
    within: 60,
    expects: {
      doors: { 'sign-in page': AWAY, 'home page': AWAY, notebook: AWAY },
      newcomer: /./,
      script: AWAY,
      sockets: 'cut',
    },
    inject: async (lab) => {
      await killIfThere(await lab.pid('nginx'));
      return NOTHING;
    },
  },
  {
    name: 'notebook killed',
    what: 'SIGKILL to one person’s notebook server',
    seconds: 5,
    takes: 'notebook',
    mended: 'the person presses Start',
    within: 60,
    expects: {
      // The moment before the hub knows, the proxy finds nobody there; then the page says what happened, and that of the start.
      doors: { 'sign-in page': WELL, 'home page': WELL, notebook: ENDED },
      words: /Your server has ended/,
      newcomer: /^started$/,
      script: /^201$/,
      sockets: 'kept',
    },
    inject: async (lab) => {
      await killIfThere(await lab.pidOf('jupyter-witness'));
      return NOTHING;
    },
  },
  {
    name: 'engine killed',
    what: 'SIGKILL to the Docker Engine, which comes back after five seconds and ends every container (no live-restore)',
    seconds: 5,
    takes: 'engine',
    mended: 'by itself: the engine starts hub, proxy and nginx again; people press Start',
    within: 120,
    expects: {
      doors: {
        'sign-in page': AWAY,
        'home page': AWAY,
        notebook: ENDED,
      },
      newcomer: /./,
      script: AWAY,
      sockets: 'cut',
    },
    inject: async (lab) => {
      await lab.engine.kill();
      return () => lab.engine.start();
    },
  },
];

async function killIfThere(pid: number): Promise<void> {
  // 0 is a container that is not running at this moment, and would be this process's own group.
  if (pid <= 1) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

import { AWAY, ENDED, type Fault, NOTHING, WELL } from './fault.ts';

/** What Docker does first when a container ends: it starts it again, at once. */
const BY_ITSELF = 'by itself: the engine starts it again';

/** Programs that end from one moment to the next, by SIGKILL. */
export const OF_PROGRAMS: readonly Fault[] = [
  killed('hub', { name: 'hub killed', takes: 'hub', notebook: WELL, sockets: 'kept' }),
  killed('proxy', { name: 'proxy killed', takes: 'proxy', notebook: AWAY, sockets: 'cut' }),
  killed('nginx', { name: 'front server killed', takes: 'front', notebook: AWAY, sockets: 'cut' }),
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
      script: AWAY,
      sockets: 'cut',
    },
    inject: async (lab) => {
      await lab.engine.kill();
      return () => lab.engine.start();
    },
  },
];

/** One of the services of the appliance: its pages are away until the engine has started it again. */
function killed(
  service: 'hub' | 'proxy' | 'nginx',
  {
    notebook,
    sockets,
    ...of
  }: Pick<Fault, 'name' | 'takes'> & { readonly notebook: RegExp; readonly sockets: 'kept' | 'cut' },
): Fault {
  return {
    ...of,
    what: `SIGKILL to ${service === 'nginx' ? service : `the ${service}`}`,
    seconds: 5,
    mended: BY_ITSELF,
    within: 60,
    expects: { doors: { 'sign-in page': AWAY, 'home page': AWAY, notebook }, script: AWAY, sockets },
    inject: async (lab) => {
      await killIfThere(await lab.pid(service));
      return NOTHING;
    },
  };
}

async function killIfThere(pid: number): Promise<void> {
  // 0 is a container that is not running at this moment, and would be this process's own group.
  if (pid <= 1) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

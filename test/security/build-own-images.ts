import { Stack } from '../e2e/stack.ts';
import { must } from '../prove/shell.ts';
import { type OwnImage, ownImages } from './images.ts';

const NAME = 'berth-images';
const PORT = 21_540;
/** What `make build` leaves out until .env asks for it. Both fronts may stand there: here nobody starts them. */
const OVERLAYS = ['pam', 'nginx', 'apache', 'acme'];
const FRONT_SECONDS = 15 * 60;

/**
 * Builds everything that this tree builds, by its own scripts, where it has changed since; and answers what is there.
 *
 * @throws Error with the last lines of what failed.
 */
export async function buildOwnImages(): Promise<readonly OwnImage[]> {
  const stack = await Stack.make({ name: NAME, port: PORT });
  try {
    const { code, output } = await stack.make('build');
    if (code !== 0) throw new Error(`make build failed:\n${output.slice(-4000)}`);
    const files = ['compose.yaml', ...OVERLAYS.map((name) => `compose/${name}.yaml`)];
    await stack.set({ COMPOSE_FILE: files.join(':') });
    for (const step of ['build-pam', 'build-front']) {
      await must(stack.directory, ['bash', `compose/setup/${step}.sh`], { seconds: FRONT_SECONDS });
    }
  } finally {
    await stack.set({ COMPOSE_FILE: 'compose.yaml' });
    await stack.remove();
  }
  return await ownImages();
}

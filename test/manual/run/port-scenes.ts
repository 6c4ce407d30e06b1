import assert from 'node:assert/strict';
import { docker } from '../../e2e/stack.ts';
import type { ManualHouse } from './manual-house.ts';
import type { Scene } from './scene.ts';
import { openLab, stopServer } from './server-life.ts';

const IMAGE = 'berth-notebook-manual-ports';

const APP =
  'from flask import Flask\napp = Flask(__name__)\n@app.get("/")\ndef hello():\n    return "Hello from Flask"\n';

const PROFILES = `singleuser:
  profileList:
    - display_name: Ports
      kubespawner_override: {image: ${IMAGE}, image_pull_policy: Never}
`;

/** Types the page's block into a terminal of the person's own server. */
async function inServer(house: ManualHouse, text: string, folder: string): Promise<void> {
  const container = `jupyter-${house.person('ana')}`;
  await docker('exec', '-d', '-w', folder, container, 'bash', '-c', `exec ${text.trim()}`);
}

async function shows(house: ManualHouse, path: string, words: string): Promise<string> {
  assert(house.page !== null);
  // A page that says that nothing listens yet tries again by itself.
  await house.page.goto(`${house.url}/user/${house.person('ana')}/proxy/${path}`);
  await house.page.getByText(words).first().waitFor({ timeout: 120_000 });
  return words;
}

export const openAPort: Scene = {
  async before(house) {
    assert(house.page !== null);
    await house.write('my-images/manual-ports/apt.txt', 'python3-flask\n');
    await house.write('config.yaml', PROFILES);
    await house.shell('make build IMAGE=manual-ports && make up', 1800);
    await stopServer(house.page, house);
    await openLab(house.page, house, 'ports');
    const container = `jupyter-${house.person('ana')}`;
    await docker(
      'exec',
      container,
      'bash',
      '-c',
      'mkdir /tmp/manual && printf %s "$1" > /tmp/manual/app.py',
      '-',
      APP,
    );
  },
  instead: {
    'flask run': async (house, text) => {
      await inServer(house, text, '/tmp/manual');
      return await shows(house, '5000/', 'Hello from Flask');
    },
  },
  async after(house) {
    assert(house.page !== null);
    await stopServer(house.page, house);
    await house.shell(`rm config.yaml && make up && docker image rm -f ${IMAGE}`);
  },
};

// What `make build` leaves on the engine. `make test` has built the images before.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const IMAGES = ['berth:latest', 'berth-notebook-minimal:latest'];

async function run(command: string, ...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, words, { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}

const inImage = (image: string, script: string, ...options: string[]): Promise<string> =>
  run('docker', 'run', '--rm', '--network', 'none', '--entrypoint', 'sh', ...options, image, '-c', script);

describe.each(IMAGES)('%s', (image) => {
  test('keeps no certificate of the machine it was built on, in no layer', async () => {
    const extra = await readFile(join(ROOT, 'compose/build/context/extra-ca.crt'), 'utf8');
    // The second line: the base64 body, which is the same wherever the certificate would be copied to.
    const marks = [...extra.matchAll(/-----BEGIN CERTIFICATE-----\n(.+)/g)].map(([, line = '']) => line);
    const folder = await mkdtemp(join(tmpdir(), 'berth-layers-'));
    try {
      await run('docker', 'save', '-o', join(folder, 'image.tar'), image);
      // A layer is a tar in the tar: files lie in it as they are.
      const count = async (text: string): Promise<number> =>
        Number(
          await run('sh', '-c', 'grep -aFc -- "$1" "$2" || true', 'sh', text, join(folder, 'image.tar')),
        );
      expect(await count('/bin/sh'), 'the layers are not readable like this').toBeGreaterThan(0);
      for (const mark of marks) expect(await count(mark)).toBe(0);
      expect(await count('extra-ca.crt')).toBe(0);
      expect(await run('docker', 'history', '--no-trunc', '--format', '{{.CreatedBy}}', image)).not.toContain(
        'CERTIFICATE',
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('says what it was built from', async () => {
    const inputs = await run(
      'docker',
      'image',
      'inspect',
      '-f',
      '{{index .Config.Labels "org.berth.inputs"}}',
      image,
    );
    expect(inputs).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('the image of hub and proxy', () => {
  test('runs Node 24 as nobody special, on a read-only root, under any uid', async () => {
    const said = await inImage(
      'berth:latest',
      'node --version; id -u; touch /opt/berth/x 2>&1 || true',
      '--read-only',
    );
    expect(said).toMatch(/^v24\.\d+\.\d+\n1000\n.*Read-only file system$/);
    expect(
      await inImage('berth:latest', 'node -e "console.log(os.homedir())"', '--user', '54321:54321'),
    ).toBe('/tmp');
  });

  test('holds the production modules and dist/, no compiler, no tests, no npm', async () => {
    const there = await inImage(
      'berth:latest',
      'ls; for what in node_modules/typescript node_modules/vitest node_modules/node; do test -e $what && echo "$what"; done; command -v npm; find dist -name "*.test.js"; true',
    );
    expect(there.split('\n')).toEqual(['dist', 'node_modules', 'package.json']);
  });
});

describe('the default notebook image', () => {
  test('is not built again when nothing that goes into it has changed', async () => {
    expect(await run('bash', 'compose/setup/build-notebook.sh', 'minimal')).toBe(
      'berth: image berth-notebook-server: up to date.\nberth: image berth-notebook-minimal: up to date.',
    );
  });

  test('has the real jupyterhub-singleuser 5.2.1 and JupyterLab, for jovyan of docker-stacks', async () => {
    const said = await inImage(
      'berth-notebook-minimal:latest',
      'jupyterhub-singleuser --version; jupyter lab --version; id -u; id -g; pwd; stat -c "%u:%g" work',
    );
    expect(said.split('\n')).toEqual(['5.2.1', '4.0.11', '1000', '100', '/home/jovyan', '1000:100']);
  });

  test('an empty volume mounted on work is jovyan’s', async () => {
    const volume = `berth-setup-${process.pid}-work`;
    try {
      const mode = await inImage(
        'berth-notebook-minimal:latest',
        'touch work/x && stat -c %u work/x',
        '-v',
        `${volume}:/home/jovyan/work`,
      );
      expect(mode).toBe('1000');
    } finally {
      await run('docker', 'volume', 'rm', '-f', volume);
    }
  });

  test('apt is whole in it, so images can be built on it', async () => {
    expect(
      await inImage(
        'berth-notebook-minimal:latest',
        'apt-get check 2>&1; apt-get install -s -f',
        '--user',
        '0',
      ),
    ).toMatch(/0 upgraded, 0 newly installed, 0 to remove/);
  });
});

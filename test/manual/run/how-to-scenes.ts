import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { docker } from '../../e2e/stack.ts';
import { must } from '../../prove/shell.ts';
import { ROOT } from '../pages.ts';
import type { ManualHouse } from './manual-house.ts';
import { openAPort } from './port-scenes.ts';
import type { Scene } from './scene.ts';
import { until } from './server-life.ts';

const SETUPS = join(ROOT, 'test/setups');

async function running(house: ManualHouse, who: string): Promise<void> {
  const name = house.person(who);
  await house.api('POST', `/users/${name}`, undefined, [409]);
  await house.api('POST', `/users/${name}/server`, undefined, [400]);
  await until(house, name, 'ready');
}

async function stopped(house: ManualHouse, who: string): Promise<void> {
  const name = house.person(who);
  await house.api('DELETE', `/users/${name}/server`, undefined, [400, 404]);
  await until(house, name, 'stopped');
}

/** JupyterHub's own code writes the database that is brought in. */
async function makeFormerHub(house: ManualHouse): Promise<void> {
  await cp(join(SETUPS, 'python/deploy-docker-now.py'), join(house.clone, 'jupyterhub_config.py'));
  const image = 'berth-conformance-jupyterhub';
  await must(ROOT, ['docker', 'build', '-q', '-t', image, join(ROOT, 'test/conformance/jupyterhub')]);
  const out = join(house.folder, 'former');
  await must(house.folder, ['mkdir', '-m', '777', '-p', out]);
  await docker(
    ...['run', '--rm', '--network', 'none', '--user', '0:0', '-v', `${out}:/out`],
    ...['-v', `${join(ROOT, 'test/integration')}:/work:ro`, image],
    ...['python3', '/work/make-former-hub.py', '/out/jupyterhub.sqlite', 'm'],
  );
  await cp(join(out, 'jupyterhub.sqlite'), join(house.clone, 'jupyterhub.sqlite'));
}

/** The appliance signs people in by PAM, with the accounts of a made machine. */
async function withPam(house: ManualHouse): Promise<void> {
  const fields = [
    'authenticate',
    'berth',
    '/etc/berth/pam.d',
    'nobody-of-the-manual',
    'guess',
    '',
    '',
    '1',
    '1000',
  ];
  await house.write('question', fields.map((field) => `${field}\0`).join(''));
  await house.set({
    COMPOSE_FILE: 'compose.yaml:compose/pam.yaml',
    AUTHENTICATOR_CLASS: 'local,pam',
    ALLOW_ALL: 'true',
  });
  await house.shell('make up');
}

/** Another version: a line that the one of before has not. */
async function anotherVersion(house: ManualHouse): Promise<void> {
  const path = join(house.clone, 'hub/src/berth.ts');
  await writeFile(path, `${await readFile(path, 'utf8')}// Another version.\n`);
}

export const HOW_TO_SCENES: Readonly<Record<string, Scene>> = {
  'docs/how-to/idle-servers.md': { before: (house) => running(house, 'ana') },
  'docs/how-to/see-what-is-used.md': { before: (house) => running(house, 'ana') },
  'docs/how-to/profiles-and-room.md': { before: (house) => running(house, 'ana') },
  'docs/how-to/share-a-server.md': {
    async before(house) {
      await running(house, 'alice');
      await house.api('POST', `/users/${house.person('bob')}`, undefined, [409]);
    },
    after: (house) => stopped(house, 'alice'),
  },
  'docs/how-to/use-the-api.md': {
    before: async (house) => {
      await house.api('POST', `/users/${house.person('alice')}`, undefined, [409]);
    },
    after: (house) => stopped(house, 'alice'),
  },
  'docs/how-to/storage.md': { before: (house) => stopped(house, 'ana') },
  'docs/how-to/open-a-port.md': openAPort,
  'docs/how-to/come-from-jupyterhub.md': {
    before: makeFormerHub,
    afterwards: {
      'make up': async (house) => {
        await cp(join(SETUPS, 'z2jh/config.yaml'), join(house.clone, 'config.yaml'));
      },
      '$ ./berth config check': async (house) => {
        await house.shell('rm config.yaml');
      },
      '--write config.yaml': async (house) => {
        assert.match(await house.shell('./berth config check && rm config.yaml'), /is in order/);
      },
      'sqlite --apply': async (house) => {
        const people: readonly { name: string }[] = await house.api('GET', '/users');
        assert(people.some(({ name }) => name === 'anna-m'));
      },
    },
  },
  'docs/how-to/sign-in-with-pam.md': {
    before: withPam,
    afterwards: {
      'berth-pam': async (_, said) => assert.match(said, /^wrong\b/m),
    },
    async after(house) {
      await house.set({ COMPOSE_FILE: '', AUTHENTICATOR_CLASS: '', ALLOW_ALL: '' });
      await house.shell('make up');
    },
  },
  'docs/how-to/upgrade.md': { before: anotherVersion },
  'docs/how-to/back-up-and-restore.md': {
    afterwards: {
      // The page goes on at another machine: nothing of the first one is there any more.
      '15 3 * * *': async (house) => {
        await house.shell('make clean YES=1');
      },
      'make restore': async (house) => {
        const { name, admin } = await house.api('GET', '/user');
        assert.deepEqual({ name, admin }, { name: house.person('ana'), admin: true });
      },
    },
  },
  'README.md': {
    before: async (house) => {
      await house.shell('make clean YES=1');
    },
    afterwards: {
      'make up': async (house, said) => {
        assert.match(said, /First administrator: open this link once/);
        assert.match(await house.shell('make status'), /hub +Up .*healthy/);
      },
    },
  },
};

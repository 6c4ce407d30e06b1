import { describe, expect, it, test } from 'vitest';
import { containerSpec } from '../domain/container-spec.ts';
import { applyOverrides } from '../domain/profile.ts';
import { newServer } from '../domain/server.ts';
import { loadConfiguration } from './load-configuration.ts';
import { spawnMenu } from './spawn-menu.ts';
import { readYaml } from './yaml-file.ts';

function load(text: string) {
  const read = readYaml(text, 'config.yaml');
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  return loadConfiguration({ files: [read.file] });
}

function settingsOf(text: string) {
  const loaded = load(text);
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  return loaded;
}

function faultsOf(text: string): readonly string[] {
  const loaded = load(text);
  return 'settings' in loaded
    ? []
    : loaded.faults.map(({ name, place, reason }) => `${place} ${name} ${reason}`);
}

const SWARM = `
hub:
  config:
    JupyterHub: { spawner_class: dockerspawner.SwarmSpawner }
`;

/** The spec of ana's server by the profile of that number, or by the settings alone. */
function specOf(text: string, profile: number | null = null, machine: string | null = null) {
  const { settings, profiles } = spawnMenu(settingsOf(text).settings);
  const override = profile === null ? [] : [profiles[profile]?.override ?? {}];
  const chosen = { token: 't', volume: 'jupyterhub-user-ana', gpus: [], machine };
  return containerSpec(applyOverrides(settings, override), newServer('ana'), chosen);
}

test.each([
  ['docker', 'docker'],
  ['dockerspawner.DockerSpawner', 'docker'],
  ['swarm', 'swarm'],
  ['dockerspawner.SwarmSpawner', 'swarm'],
  ['kubespawner.KubeSpawner', 'elsewhere'],
  ['simple', 'elsewhere'],
])('JupyterHub.spawner_class: %s', (word, spawner) => {
  const text = `hub: { config: { JupyterHub: { spawner_class: ${word} } } }`;
  expect(settingsOf(text).settings.spawner).toBe(spawner);
  expect(settingsOf('{}').settings.spawner).toBe('docker');
});

it('says that a spawner of another kind has no effect, and refuses what is no spawner, with its line', () => {
  const told = settingsOf('hub:\n  config:\n    JupyterHub:\n      spawner_class: KubeSpawner');
  expect(told.warnings).toMatchObject([
    { place: 'config.yaml:4', reason: 'has no effect: servers are containers of this machine’s engine' },
  ]);
  expect(faultsOf('hub:\n  config:\n    JupyterHub:\n      spawner_class: kubernetes')).toEqual([
    'config.yaml:4 JupyterHub.spawner_class should be docker or swarm',
  ]);
});

describe('where servers may run', () => {
  const text = `${SWARM}
    SwarmSpawner:
      extra_placement_spec:
        constraints: [node.role == worker]
        preferences: [[spread, node.labels.rack]]
      extra_resources_spec: { generic_resources: { fpga: 1 } }
singleuser:
  nodeSelector: { disk: ssd, zone: a }
  profileList:
    - display_name: Large
      kubespawner_override:
        node_selector: { zone: b, kubernetes.io/hostname: big-1 }
        extra_resource_limits: { nvidia.com/gpu: "2", license: 1 }
`;

  it('is SwarmSpawner’s placement and KubeSpawner’s node_selector, as constraints of the Swarm', () => {
    expect(specOf(text).placement).toEqual({
      constraints: ['node.role==worker', 'node.labels.disk==ssd', 'node.labels.zone==a'],
      spread: ['node.labels.rack'],
      resources: { fpga: 1 },
    });
  });

  it('is changed by a profile, label by label, and its GPUs are a generic resource', () => {
    const { placement, gpus } = specOf(text, 0, 'n7');
    expect(placement).toEqual({
      constraints: [
        'node.role==worker',
        'node.labels.disk==ssd',
        'node.labels.zone==b',
        'node.hostname==big-1',
      ],
      spread: ['node.labels.rack'],
      resources: { fpga: 1, license: 1, gpu: 2 },
      machine: 'n7',
    });
    expect(gpus).toEqual([]);
  });

  it('is nothing on one machine, and that is told', () => {
    const one = text.replace(/dockerspawner.SwarmSpawner/, 'docker');
    expect(specOf(one, 0).placement).toBeUndefined();
    const reason = 'is for many machines and has no effect on one: SPAWNER says which';
    const { warnings, settings } = settingsOf(one);
    expect(warnings.map((warning) => warning.reason)).toEqual([reason, reason, reason]);
    expect(settings.profileList.ofCluster).toEqual([
      '[0].kubespawner_override.node_selector is for many machines and has no effect on one',
      '[0].kubespawner_override.extra_resource_limits.license is for many machines and has no effect on one',
    ]);
  });
});

describe('volumes on a Swarm', () => {
  const spawner = `${SWARM}
    SwarmSpawner: `;

  it('are made by the driver that was named, each with its own name in the options', () => {
    const text = `${spawner} { volume_driver: nfs-plugin, volume_driver_options: { share: "10.0.0.5:/export/{volume}" } }`;
    const options = { share: '10.0.0.5:/export/jupyterhub-user-ana' };
    expect(specOf(text).mounts[0]?.driver).toEqual({ name: 'nfs-plugin', options });
  });

  it.each([
    ['{}', false],
    ['{ volume_driver: local }', false],
    ['{ volume_driver: nfs-plugin }', true],
    ['{ volume_driver_options: { type: nfs, device: ":/export/{volume}" } }', true],
    ['{ volume_driver_options: { type: none, o: bind, device: "/mnt/{volume}" } }', false],
  ])('with %s can be reached from every machine: %s', (given, movable) => {
    expect(spawnMenu(settingsOf(`${spawner} ${given}`).settings).settings.cluster?.movable).toBe(movable);
  });

  it('are where VOLUME_SCOPE says they are', () => {
    const of = (scope: string) =>
      settingsOf(`${SWARM}\nberth: { volumeScope: ${scope} }`).settings.volumeScope;
    expect([of('local'), of('global')]).toEqual(['local', 'global']);
  });
});

it.each([
  ['SwarmSpawner: { extra_placement_spec: { constraints: [ssd] } }', 'should be constraints such as'],
  [
    'SwarmSpawner: { extra_placement_spec: { preferences: [[binpack, x]] } }',
    'should be constraints such as',
  ],
  ['SwarmSpawner: { extra_resources_spec: { mem_limit: 1000 } }', 'should be countable things'],
  ['SwarmSpawner: { volume_driver_options: { device: ":/home/{username}" } }', 'write {volume} in its place'],
  ['KubeSpawner: { node_selector: { acme.org/pool: gpu } }', 'cannot be a constraint of Swarm'],
  ['SwarmSpawner: { extra_container_spec: { user: root } }', 'would change how containers are made'],
])('refuses with its line what a Swarm cannot be told: %s', (given, words) => {
  const [fault] = faultsOf(`${SWARM}\n    ${given}`);
  expect(fault).toMatch(/^config\.yaml:6 /);
  expect(fault).toContain(words);
});

it('refuses GPUs by their ids, which are one machine’s, and a label in a profile that Swarm cannot read', () => {
  const text = `${SWARM}
berth: { gpus: [GPU-1] }
singleuser:
  profileList:
    - display_name: A
      kubespawner_override: { node_selector: { acme.org/pool: gpu } }
`;
  expect(faultsOf(text)).toEqual([
    expect.stringMatching(/^config\.yaml:\d+ singleuser\.profileList is wrong: \[0\]\..*acme\.org\/pool/),
    expect.stringMatching(/^config\.yaml:\d+ berth\.gpus is for one machine/),
  ]);
});

it('tells what of one machine’s settings has no effect on a Swarm', () => {
  const text = `${SWARM}\ncull: { freezeTimeout: 600 }\nberth: { environmentSavers: [staff] }`;
  const told = settingsOf(text).warnings.map(({ name, reason }) => `${name} ${reason}`);
  expect(told).toEqual([
    expect.stringContaining('has no effect: the services of a Swarm cannot be frozen'),
    expect.stringContaining('has no effect: the services of a Swarm cannot be saved as images'),
  ]);
});

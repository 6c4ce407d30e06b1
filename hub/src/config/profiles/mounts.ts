import type { Mount } from '../../domain/settings.ts';
import type { Path, Reading } from './reading.ts';

type Source = Pick<Mount, 'type' | 'source'>;

/**
 * KubeSpawner's `volumes` and `volume_mounts`, or DockerSpawner's `volumes` (`{name: path}`). A claim is a volume
 * of the engine of that name, a host path a path of this machine, an empty directory is memory.
 */
export function readMounts(
  volumes: unknown,
  mounts: unknown,
  path: Path,
  reading: Reading,
): readonly Mount[] {
  if (mounts === undefined) return readDockerVolumes(volumes, `${path}.volumes`, reading);
  const sources = new Map<string, Source | null>();
  for (const { at, key, value } of reading.items(volumes, `${path}.volumes`)) {
    const volume = reading.mapping(value, at) ?? {};
    const name = reading.text(volume.name, `${at}.name`) ?? key ?? '';
    sources.set(name, readSource(volume, at, reading));
  }
  return reading.items(mounts, `${path}.volume_mounts`).flatMap(({ at, key, value }) => {
    const mount = reading.mapping(value, at) ?? {};
    const name = reading.text(mount.name, `${at}.name`) ?? key ?? '';
    const target = absolute(mount.mountPath, `${at}.mountPath`, reading);
    const source = sources.get(name);
    if (source === undefined)
      reading.fault(`${at}.name`, `should be one of the volumes beside it, not ${name || 'empty'}`);
    // A part of a volume is what engines before 1.45 cannot mount: the whole of it would be somebody's surprise.
    if (mount.subPath !== undefined) {
      reading.fault(
        `${at}.subPath`,
        'cannot be had: mount a volume of its own, with {username} in the name of the claim',
      );
    }
    if (source === undefined || source === null || target === undefined) return [];
    return [{ ...source, path: target, readOnly: reading.flag(mount.readOnly, `${at}.readOnly`) }];
  });
}

function readSource(volume: Readonly<Record<string, unknown>>, at: Path, reading: Reading): Source | null {
  const claim = reading.mapping(volume.persistentVolumeClaim, `${at}.persistentVolumeClaim`);
  const host = reading.mapping(volume.hostPath, `${at}.hostPath`);
  if (claim !== undefined) {
    const source = reading.text(claim.claimName, `${at}.persistentVolumeClaim.claimName`);
    return source === undefined ? null : named(source, `${at}.persistentVolumeClaim.claimName`, reading);
  }
  if (host !== undefined) {
    const source = absolute(host.path, `${at}.hostPath.path`, reading);
    return source === undefined ? null : { type: 'bind', source };
  }
  if (volume.emptyDir !== undefined) return { type: 'tmpfs', source: '' };
  const kinds = Object.keys(volume).filter((key) => key !== 'name');
  reading.warn(at, `has no effect: a volume of kind ${kinds.join(', ') || 'nothing'} is for Kubernetes`);
  return null;
}

function readDockerVolumes(volumes: unknown, path: Path, reading: Reading): readonly Mount[] {
  return Object.entries(reading.mapping(volumes, path) ?? {}).flatMap(([name, value]) => {
    const at = `${path}.${name}`;
    const how = typeof value === 'string' ? { bind: value } : (reading.mapping(value, at) ?? {});
    const target = absolute(how.bind, `${at}.bind`, reading);
    const mode = reading.text(how.mode, `${at}.mode`) ?? 'rw';
    const source: Source | null = name.startsWith('/')
      ? { type: 'bind', source: name }
      : named(name, at, reading);
    return target === undefined || source === null
      ? []
      : [{ ...source, path: target, readOnly: /\bro\b/.test(mode) }];
  });
}

function named(source: string, path: Path, reading: Reading): Source | null {
  if (/^[A-Za-z0-9{][A-Za-z0-9_.{}-]*$/.test(source)) return { type: 'volume', source };
  reading.fault(path, 'should be the name of a volume');
  return null;
}

function absolute(value: unknown, path: Path, reading: Reading): string | undefined {
  if (typeof value === 'string' && /^\/[^:]*$/.test(value) && !value.split('/').includes('..')) return value;
  return reading.fault(path, 'should be a path that begins with /');
}

import { inImage } from './shell-run.ts';

/** A package of an image for which Debian has published a repair. */
export interface Repair {
  readonly name: string;
  readonly has: string;
  readonly repaired: string;
}

const ARCHIVE = 'http://deb.debian.org';

/**
 * Repairs of Debian's security team that an image has not got: asked of Debian's own archive, by apt, which checks its
 * signature. `DEBIAN_MIRROR` and `DEBIAN_SECURITY_MIRROR` name other archives.
 *
 * @throws Error when the archive is away: no answer is no all-clear.
 */
export async function waitingRepairs(image: string): Promise<readonly Repair[]> {
  const archive = process.env.DEBIAN_MIRROR || `${ARCHIVE}/debian`;
  const security = process.env.DEBIAN_SECURITY_MIRROR || `${ARCHIVE}/debian-security`;
  const script = [
    '. /etc/os-release',
    'rm -rf /etc/apt/sources.list.d/*',
    `printf 'deb ${archive} %s main\\ndeb ${security} %s-security main\\n' "$VERSION_CODENAME" "$VERSION_CODENAME" > /etc/apt/sources.list`,
    'apt-get -o APT::Update::Error-Mode=any -o Acquire::Retries=2 -o Acquire::Languages=none update -qq >&2',
    'apt-get -s -q dist-upgrade',
  ].join(' && ');
  const told = await inImage(image, script, { network: 'host' });
  return [...told.matchAll(/^Inst (\S+) \[([^\]]+)\] \((\S+) [^)]*Debian-Security/gm)].map(
    ([, name = '', has = '', repaired = '']) => ({ name, has, repaired }),
  );
}

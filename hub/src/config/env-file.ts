import { nearestName } from './nearest-name.ts';
import { SETTINGS } from './settings.ts';
import type { Fault } from './source.ts';

export interface EnvFile {
  readonly values: ReadonlyMap<string, string>;
  /** `.env:12`, or null for a name that is not in it. */
  readonly placeOf: (name: string) => string | null;
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
}

/** Names that set-up and Compose read, or that every program knows: not settings of the hub. */
const OF_OTHERS: ReadonlySet<string> = new Set([
  'COMPOSE_PROJECT_NAME',
  'COMPOSE_FILE',
  'BERTH_IMAGE',
  'BERTH_PROXY_IMAGE',
  'BERTH_UID',
  'BERTH_GID',
  'DOCKER_GID',
  'DOCKER_HOST',
  'DATA_VOLUME_HOST',
  'DATA_VOLUME_CONTAINER',
  'BASE_IMAGE',
  'DEBIAN_MIRROR',
  'EXTRA_CA_FILE',
  'NODE_EXTRA_CA_CERTS',
  'NODE_OPTIONS',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'HTTP_PORT',
  'HTTPS_PORT',
  'FRONT_NET',
  'ACME_CA_BUNDLE',
  'ACME_CHECK_SECONDS',
  'ACME_RETRY_SECONDS',
  'BERTH_ACME_IMAGE',
  'BERTH_FRONT_IMAGE',
  'BERTH_PAM_IMAGE',
  'PAM_PACKAGES',
  'PAM_ETC',
  'SHADOW_GID',
  'NOTEBOOK_PREFIX',
  'OWN_IMAGES_DIR',
  'UPGRADE_DEADLINE',
  'PULL_DEADLINE',
  'BERTH_PUBLISH',
  'BUILD_NEEDS_MB',
  'BUILD_DEADLINE',
]);

/** Names of the former jupyterhub-deploy-docker for which there is no use any more, and why. */
const FORMER: Readonly<Record<string, string>> = {
  JUPYTERHUB_VERSION: 'has no effect: the hub is Berth',
  DOCKER_MACHINE_NAME: 'has no effect: the engine is the one behind DOCKER_SOCKET',
  LOCAL_NOTEBOOK_IMAGE:
    'has no effect: servers are made from DOCKER_NOTEBOOK_IMAGE itself; to go on with the image that `make notebook_image` built, write its name there',
  DB_VOLUME_HOST: 'has no effect: the hub keeps one file on its volume',
  DB_VOLUME_CONTAINER: 'has no effect: the hub keeps one file on its volume',
  POSTGRES_DB: 'has no effect: the hub keeps one file on its volume',
  POSTGRES_HOST: 'has no effect: the hub keeps one file on its volume',
  POSTGRES_PASSWORD: 'has no effect: the hub keeps one file on its volume',
  SECRETS_VOLUME: 'has no effect: certificates stand in secrets/',
  SSL_CERT: 'has no effect: the certificate is secrets/jupyterhub.crt',
  SSL_KEY: 'has no effect: the key is secrets/jupyterhub.key',
};

/**
 * Reads `NAME=value` lines as Compose does: `#` begins a comment, marks of quotation around a value fall away. A name
 * that nobody knows but that is near to a setting's is a fault; one that is near to nothing may be another program's.
 */
export function readEnvFile(text: string, file: string): EnvFile {
  const values = new Map<string, string>();
  const places = new Map<string, string>();
  const faults: Fault[] = [];
  const warnings: Fault[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const place = `${file}:${index + 1}`;
    if (/^\s*(#|$)/.test(line)) continue;
    const [, name = '', value = ''] = /^\s*([A-Za-z_]\w*)\s*=(.*)$/.exec(line) ?? [];
    if (name === '') faults.push({ name: '', place, reason: whatIsWrong(line) });
    else if (places.has(name)) faults.push({ name, place, reason: `was set before, at ${places.get(name)}` });
    else {
      const word = unquoted(value.trim());
      if (/^[“”„‘’«»]/.test(value.trim()))
        faults.push({ name, place, reason: 'has the marks of quotation of a text program: write " or none' });
      else if (word === null)
        faults.push({ name, place, reason: 'has a mark of quotation that is not closed' });
      else if (word !== '') lookUp(name, place, { faults, warnings });
      places.set(name, place);
      values.set(name, word ?? '');
    }
  }
  return { values, placeOf: (name) => places.get(name) ?? null, faults, warnings };
}

function whatIsWrong(line: string): string {
  if (/^\s*export\s/.test(line)) return '`export` does not belong here: a line is NAME=value';
  return line.includes('=') ? 'this is no name before the =' : 'there is no = in it: a line is NAME=value';
}

function unquoted(value: string): string | null {
  const mark = /^['"]/.exec(value)?.[0];
  if (mark === undefined) return value.replace(/\s+#.*$/, '');
  const end = value.indexOf(mark, 1);
  return end === -1 ? null : value.slice(1, end);
}

function lookUp(
  name: string,
  place: string,
  into: { readonly faults: Fault[]; readonly warnings: Fault[] },
): void {
  const known = Object.values(SETTINGS).map(({ env }) => env);
  if (known.includes(name) || OF_OTHERS.has(name)) return;
  const former = FORMER[name];
  if (former !== undefined) into.warnings.push({ name, place, reason: former });
  else {
    const near = nearestName(name, [...known, ...OF_OTHERS]);
    if (near !== null) into.faults.push({ name, place, reason: `is not a setting; did you mean ${near}?` });
  }
}

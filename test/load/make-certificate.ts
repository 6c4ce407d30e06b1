import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from '../prove/shell.ts';

const DAY_MS = 86_400_000;

/**
 * Writes `secrets/jupyterhub.crt` and `.key` for an address, as a project's administrator would copy them there: over what
 * is there, since Compose mounts the files. Answers the certificate.
 *
 * @param days how long it is still good for; negative: since when it is not.
 */
export async function makeCertificate(project: string, address: string, days = 30): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), 'berth-load-certificate-'));
  const at = (name: string) => join(work, name);
  try {
    await writeFile(at('ca.conf'), CONFIG);
    await writeFile(at('index.txt'), '');
    await writeFile(at('serial'), '01\n');
    const key = [
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'key',
      '-out',
      'request',
      '-subj',
      `/CN=${address}`,
    ];
    await must(work, ['openssl', 'req', '-new', '-config', 'ca.conf', ...key]);
    await writeFile(at('names'), `subjectAltName=IP:${address}\n`);
    const ends = Date.now() + days * DAY_MS;
    const dates = ['-startdate', moment(ends - 400 * DAY_MS), '-enddate', moment(ends)];
    const sign = [
      '-selfsign',
      '-keyfile',
      'key',
      '-in',
      'request',
      '-out',
      'certificate',
      '-extfile',
      'names',
    ];
    await must(work, ['openssl', 'ca', '-batch', '-notext', '-config', 'ca.conf', ...sign, ...dates]);
    await mkdir(join(project, 'secrets'), { recursive: true });
    const text = await readFile(at('certificate'), 'utf8');
    await writeFile(join(project, 'secrets/jupyterhub.key'), await readFile(at('key'), 'utf8'));
    await writeFile(join(project, 'secrets/jupyterhub.crt'), text);
    return text;
  } finally {
    await rm(work, { recursive: true });
  }
}

const CONFIG = `[req]
distinguished_name = name
[name]
[ca]
default_ca = own
[own]
new_certs_dir = .
database = index.txt
serial = serial
default_md = sha256
policy = any
[any]
commonName = supplied
`;

/** As openssl writes moments: 20261122004100Z. */
const moment = (at: number): string => `${new Date(at).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;

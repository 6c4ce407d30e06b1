import { readFileSync } from 'node:fs';
import type { SecureContextOptions, TlsOptions } from 'node:tls';
import { Refusal } from '../refusal.ts';

/** Where the parts of one side's TLS stand. They are read anew at each `load`, so that certificates can be renewed. */
export interface TlsFiles {
  readonly key: string | undefined;
  readonly cert: string | undefined;
  readonly ca: string | undefined;
  readonly dhparam: string | undefined;
  readonly passphrase: string | undefined;
  readonly protocol: string | undefined;
  readonly ciphers: string | undefined;
}

/** Reads the files. Throws Refusal when one cannot be read. */
export function loadTls(files: TlsFiles): SecureContextOptions {
  const options: SecureContextOptions = {};
  if (files.key !== undefined) options.key = readPem(files.key);
  if (files.cert !== undefined) options.cert = readPem(files.cert);
  if (files.ca !== undefined) options.ca = splitChain(readPem(files.ca).toString('latin1'));
  if (files.dhparam !== undefined) options.dhparam = readPem(files.dhparam);
  if (files.passphrase !== undefined) options.passphrase = files.passphrase;
  if (files.ciphers !== undefined) options.ciphers = files.ciphers;
  options.honorCipherOrder = true;
  if (files.protocol === undefined) options.minVersion = 'TLSv1.2';
  else Object.assign(options, onlyVersion(files.protocol));
  return options;
}

export interface ClientCertificates {
  readonly request: boolean;
  readonly reject: boolean;
}

export function serverTls(files: TlsFiles, certificates: ClientCertificates): TlsOptions {
  return {
    ...loadTls(files),
    requestCert: certificates.request,
    rejectUnauthorized: certificates.request && certificates.reject,
    ALPNProtocols: ['http/1.1'],
  };
}

function readPem(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Refusal(
      400,
      `The file ${path} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}

// Node takes one certificate an entry.
function splitChain(pem: string): string[] {
  return pem.match(/-----BEGIN [^-]+-----[\s\S]*?-----END [^-]+-----/g) ?? [];
}

function onlyVersion(protocol: string): SecureContextOptions {
  const version = { TLSv1_2: 'TLSv1.2', TLSv1_3: 'TLSv1.3' } as const;
  if (protocol === 'TLSv1_2' || protocol === 'TLSv1_3')
    return { minVersion: version[protocol], maxVersion: version[protocol] };
  throw new Refusal(
    400,
    `--ssl-protocol ${protocol} is not supported: only TLSv1_2 and TLSv1_3 are safe today.`,
  );
}

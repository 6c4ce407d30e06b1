import { z } from 'zod';
import { flag, list, optionalText, setting, text } from '../setting.ts';

/** Certificates. The hub itself needs none of these: set-up hands them to Compose. */
export const HTTPS_SETTINGS = {
  httpsEnabled: setting({
    env: 'HTTPS_ENABLED',
    trait: 'proxy.https.enabled',
    doc: 'Whether the proxy speaks TLS itself. `make up` then adds `compose/tls.yaml`, unless `COMPOSE_FILE` says what there is.',
    type: flag,
    fallback: 'false',
  }),
  httpsType: setting({
    env: 'HTTPS_TYPE',
    trait: 'proxy.https.type',
    doc: 'Where its certificate comes from: `letsencrypt` (`compose/acme.yaml` too), `manual` (`secrets/jupyterhub.crt` and `.key`), or `offload`: from a server in front, and the proxy speaks plain HTTP.',
    type: z.enum(['letsencrypt', 'manual', 'offload']),
    fallback: 'letsencrypt',
  }),
  acmeHosts: setting({
    env: 'ACME_HOSTS',
    trait: 'proxy.https.hosts',
    doc: 'Names of hosts for the automatic certificate.',
    type: list,
  }),
  acmeEmail: setting({
    env: 'ACME_EMAIL',
    trait: 'proxy.https.letsencrypt.contactEmail',
    doc: 'Where the certificate authority writes.',
    type: optionalText,
  }),
  acmeServer: setting({
    env: 'ACME_SERVER',
    trait: 'proxy.https.letsencrypt.acmeServer',
    doc: 'The authority: `production` (Let’s Encrypt), `staging` (the same for trying out), or the address of another’s directory.',
    type: text,
    fallback: 'production',
  }),
} as const;

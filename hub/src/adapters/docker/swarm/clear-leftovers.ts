import { LABEL } from '../../../domain/container-spec.ts';
import { PULL_LABEL } from './pre-pull.ts';
import type { SwarmApi } from './swarm-api.ts';

/** A service is made moments after its secret. */
const YOUNG_SECRET_MS = 10 * 60_000;
/** No download is waited for any longer. */
const YOUNG_PULL_MS = 24 * 3_600_000;

/** Removes what a hub leaves that dies in the middle: secrets whose service was never made, jobs that brought an image. */
export async function clearLeftovers(api: SwarmApi, instance: string, now: number): Promise<void> {
  const label = `${LABEL.hub}=${instance}`;
  const secrets = await api.secrets(label);
  const services = await api.services(label);
  const used = new Set(
    services.flatMap(({ Spec: { TaskTemplate: template } }) =>
      (template.ContainerSpec.Secrets ?? []).map((secret) => secret.SecretID),
    ),
  );
  for (const { id, created } of secrets) {
    if (!used.has(id) && now - created > YOUNG_SECRET_MS) await api.removeSecret(id);
  }
  for (const { ID: id, CreatedAt: made } of await api.services(`${PULL_LABEL}=${instance}`)) {
    if (now - Date.parse(made) > YOUNG_PULL_MS) await api.removeService(id);
  }
}

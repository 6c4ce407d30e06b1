import { LABEL } from '../../../domain/container-spec.ts';
import type { SwarmApi } from './swarm-api.ts';

/** A service is made moments after its secret. */
const YOUNG_MS = 10 * 60_000;

/** Removes secrets of this hub whose service was never made, because the hub died in between. @returns how many. */
export async function clearSecrets(api: SwarmApi, instance: string, now: number): Promise<number> {
  const label = `${LABEL.hub}=${instance}`;
  const secrets = await api.secrets(label);
  const used = new Set(
    (await api.services(label)).flatMap(
      ({
        Spec: {
          TaskTemplate: { ContainerSpec: spec },
        },
      }) => (spec.Secrets ?? []).map((secret) => secret.SecretID),
    ),
  );
  const left = secrets.filter(({ id, created }) => !used.has(id) && now - created > YOUNG_MS);
  for (const { id } of left) await api.removeSecret(id);
  return left.length;
}

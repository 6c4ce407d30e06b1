import type { QuotaStanding } from '../../../domain/storage-quota.ts';
import { bytes } from '../amounts.ts';
import type { Shell } from '../props.ts';

/** Ways from the home page to what outlives a server. */
export function HomeStorage({
  shell,
  standing,
  environments,
}: {
  shell: Shell;
  standing: QuotaStanding | null;
  environments: boolean;
}) {
  const { t, baseUrl } = shell;
  const used = standing?.used ?? null;
  return (
    <nav class="rooms below" aria-label={t.volumes.own}>
      <a class="button small" href={`${baseUrl}hub/files`}>
        {t.volumes.own}
        {standing === null || used === null
          ? ''
          : ` (${t.volumes.quota(bytes(t, used), bytes(t, standing.quota))})`}
      </a>
      {environments ? (
        <a class="button small" href={`${baseUrl}hub/environments`}>
          {t.environments.title}
        </a>
      ) : null}
    </nav>
  );
}

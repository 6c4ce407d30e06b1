import type { QuotaStanding } from '../../../domain/storage-quota.ts';
import { bytes } from '../amounts.ts';
import type { Messages } from '../messages/en.ts';
import { Alert } from './alert.tsx';

/** Said as long as somebody's files take more than they have. */
export function OverQuota({ t, standing }: { t: Messages; standing: QuotaStanding | null }) {
  if (standing === null || !standing.over) return null;
  return (
    <Alert tone="warn" title={t.volumes.overTitle}>
      <p>
        {t.volumes.over(bytes(t, standing.used ?? 0), bytes(t, standing.quota))}{' '}
        {standing.refuses ? t.volumes.overRefused : ''}
      </p>
    </Alert>
  );
}

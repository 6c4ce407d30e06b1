import { Layout } from './layout.tsx';
import { Alert } from './part/alert.tsx';
import { Field } from './part/field.tsx';
import { PageHead } from './part/page-head.tsx';
import { Xsrf } from './part/xsrf.tsx';
import type { VolumeProps } from './storage-props.ts';

/** What can be done with a volume: a copy, files put back, everything gone. */
export function VolumeView({ shell, row, notice, error }: VolumeProps) {
  const { t } = shell;
  const title = t.volumes.titleOf(row.name);
  return (
    <Layout shell={shell} title={title} current={row.owner === shell.person?.name ? 'home' : 'admin'}>
      <PageHead title={title} notice={notice} error={error} />
      {row.doing === null && row.inUse.length === 0 ? null : (
        <Alert tone="warn">
          <p>{row.doing === null ? t.volumes.busy(row.inUse.join(', ')) : t.volumes.doing[row.doing]}</p>
        </Alert>
      )}
      <div class="stack">
        <section class="card stack">
          <h2>{t.volumes.backUpTitle}</h2>
          <p>{t.volumes.backUpLead}</p>
          <div>
            <a class="button" href={`${row.page}/backup`} download>
              {t.volumes.backUp}
            </a>
          </div>
        </section>
        <Restore shell={shell} row={row} />
        <Delete shell={shell} row={row} />
      </div>
    </Layout>
  );
}

type PartProps = Pick<VolumeProps, 'shell' | 'row'>;

/** The word and the fields stand before the file: the hub reads them first. */
function Restore({ shell, row }: PartProps) {
  const { t } = shell;
  return (
    <form class="card stack" method="post" action={`${row.page}/restore`} enctype="multipart/form-data">
      <h2>{t.volumes.restoreTitle}</h2>
      <Xsrf word={shell.xsrf} />
      <p>{t.volumes.restoreLead}</p>
      <label class="check">
        <input type="checkbox" name="replace" value="yes" /> {t.volumes.replace}
      </label>
      <Field id="archive" label={t.volumes.archive}>
        {(control) => (
          <input {...control} type="file" name="archive" accept=".tar,.gz,.tgz,application/gzip" required />
        )}
      </Field>
      <div>
        <button class="button" type="submit">
          {t.volumes.restore}
        </button>
      </div>
    </form>
  );
}

function Delete({ shell, row }: PartProps) {
  const { t } = shell;
  return (
    <form class="card stack" method="post" action={`${row.page}/delete`}>
      <h2>{t.volumes.deleteTitle}</h2>
      <Xsrf word={shell.xsrf} />
      <p>{t.volumes.deleteLead(row.name)}</p>
      <Field id="confirm" label={t.volumes.deleteLabel}>
        {(control) => (
          <input
            {...control}
            name="confirm"
            required
            maxLength={255}
            autocapitalize="none"
            autocomplete="off"
            spellcheck={false}
          />
        )}
      </Field>
      <div>
        <button class="button danger" type="submit">
          {t.volumes.delete}
        </button>
      </div>
    </form>
  );
}

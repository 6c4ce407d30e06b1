import { Layout } from './layout.tsx';
import { Alert } from './part/alert.tsx';
import { PageHead } from './part/page-head.tsx';
import { ProfileCard } from './part/profile-card.tsx';
import { Xsrf } from './part/xsrf.tsx';
import type { SpawnFormProps } from './spawn-props.ts';

/** Which kind of server to start: profiles and their options, as a plain form. */
export function SpawnFormView({ shell, label, action, next, profiles, complaint }: SpawnFormProps) {
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.spawn.title}>
      <PageHead
        title={t.spawn.heading(label)}
        lead={profiles.length === 0 ? t.spawn.leadNone : t.spawn.lead}
      />
      {complaint === null ? null : (
        <Alert tone="bad" title={t.spawn.refused}>
          <p>{complaint}</p>
        </Alert>
      )}
      {profiles.length === 0 ? null : (
        <form method="post" action={action}>
          <Xsrf word={shell.xsrf} />
          {next === null ? null : <input type="hidden" name="next" value={next} />}
          <fieldset class="profiles">
            <legend class="visually-hidden">{t.spawn.legend}</legend>
            {profiles.map((profile) => (
              <ProfileCard key={profile.slug} t={t} profile={profile} />
            ))}
          </fieldset>
          <div class="buttons">
            <button class="button primary" type="submit">
              {t.spawn.submit}
            </button>
            <a class="button" href={`${shell.baseUrl}hub/home`}>
              {t.notRunning.home}
            </a>
          </div>
        </form>
      )}
    </Layout>
  );
}

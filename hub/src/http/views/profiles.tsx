import { bytes, number } from './amounts.ts';
import { Layout } from './layout.tsx';
import type { Messages } from './messages/en.ts';
import { AdminRooms } from './part/admin-rooms.tsx';
import { PageHead } from './part/page-head.tsx';
import type { ProfileFactsProps, ProfilesProps } from './profiles-props.ts';

/** What the configuration lets people choose from. To be read only: it is changed where it is written. */
export function ProfilesView({ shell, profiles }: ProfilesProps) {
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.profiles.title} width="wide" current="admin">
      <PageHead
        title={t.profiles.title}
        lead={profiles.some(({ name }) => name !== null) ? t.profiles.lead : t.profiles.none}
      />
      <AdminRooms shell={shell} here="profiles" />
      <div class="stack">
        {profiles.map((profile) => (
          <Profile key={profile.slug} t={t} profile={profile} />
        ))}
      </div>
    </Layout>
  );
}

function Profile({ t, profile }: { t: Messages; profile: ProfileFactsProps }) {
  return (
    <article class="card server">
      <header class="server-head">
        <h2>{profile.name ?? t.profiles.plain}</h2>
        {profile.isDefault ? <span class="tag tag-accent">{t.profiles.isDefault}</span> : null}
      </header>
      {profile.refused ? <p class="result-bad">{t.profiles.refused}</p> : null}
      {profile.description === '' ? null : <p class="quiet">{profile.description}</p>}
      <dl class="facts">
        <Fact name={t.profiles.who}>{whoOf(t, profile)}</Fact>
        <Fact name={t.profiles.cpu}>
          {amountOf(t, profile.cpus, profile.cpuGuarantee, (value) => number(t, value))}
        </Fact>
        <Fact name={t.profiles.memory}>
          {amountOf(t, profile.memory, profile.memoryGuarantee, (value) => bytes(t, value))}
        </Fact>
        {profile.gpus === 0 ? null : <Fact name={t.profiles.gpus}>{String(profile.gpus)}</Fact>}
        <Fact name={t.profiles.user}>{profile.uid === null ? t.profiles.ownUser : `uid ${profile.uid}`}</Fact>
        <Fact name={t.profiles.opens}>{profile.opens}</Fact>
        <div class="facts-wide">
          <dt>{t.profiles.image}</dt>
          <dd>
            <code>{profile.image}</code> <span class="quiet">({hereOf(t, profile.here)})</span>
          </dd>
        </div>
        <div class="facts-wide">
          <dt>{t.profiles.command}</dt>
          <dd>
            {profile.command === null ? t.profiles.ownCommand : <code>{profile.command.join(' ')}</code>}
          </dd>
        </div>
        {profile.mounts.length === 0 ? null : (
          <div class="facts-wide">
            <dt>{t.profiles.mounts}</dt>
            <dd>
              <code>{profile.mounts.join(', ')}</code>
            </dd>
          </div>
        )}
        {profile.options.map(({ name, choices, ownText }) => (
          <div key={name} class="facts-wide">
            <dt>{`${t.profiles.options}: ${name}`}</dt>
            <dd>{[...choices, ...(ownText ? [t.profiles.ownText] : [])].join(', ')}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function whoOf(t: Messages, { groups, people }: ProfileFactsProps): string {
  if (groups === null && people === null) return t.profiles.everybody;
  const words = [
    ...((groups?.length ?? 0) > 0 ? [t.profiles.groups((groups ?? []).join(', '))] : []),
    ...((people?.length ?? 0) > 0 ? [t.profiles.people((people ?? []).join(', '))] : []),
  ];
  return words.length === 0 ? '–' : words.join('; ');
}

function amountOf(
  t: Messages,
  limit: number | null,
  guarantee: number,
  say: (value: number) => string,
): string {
  const most = limit === null ? t.profiles.noLimit : say(limit);
  return guarantee > 0 ? `${most}, ${t.profiles.guaranteed(say(guarantee))}` : most;
}

function hereOf(t: Messages, here: boolean | null): string {
  if (here === null) return t.profiles.unknown;
  return here ? t.profiles.here : t.profiles.missing;
}

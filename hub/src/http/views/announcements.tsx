import type { AnnouncementProps, AnnouncementsProps } from './announcements-props.ts';
import { Layout } from './layout.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { LinkedText } from './part/announcements.tsx';
import { Confirm } from './part/confirm.tsx';
import { Field } from './part/field.tsx';
import { PageHead } from './part/page-head.tsx';
import { SelectField } from './part/select-field.tsx';
import { When } from './part/when.tsx';
import { Xsrf } from './part/xsrf.tsx';

/** Where administrators tell everybody something, and take it back. */
export function AnnouncementsView(props: AnnouncementsProps) {
  const { shell, made, fixed } = props;
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.announcements.title} width="wide" current="admin">
      <PageHead
        title={t.announcements.title}
        lead={t.announcements.lead}
        notice={props.notice}
        error={props.error}
      />
      <AdminRooms shell={shell} here="announcements" />
      <div class="stack">
        <MakeAnnouncement {...props} />
        <section class="card">
          <h2>{t.announcements.madeTitle}</h2>
          {made.length === 0 ? <p class="quiet">{t.announcements.none}</p> : null}
          <ul class="rows">
            {made.map((one) => (
              <Row key={one.clear} shell={shell} one={one} />
            ))}
          </ul>
        </section>
        {fixed.length === 0 ? null : (
          <section class="card">
            <h2>{t.announcements.fixedTitle}</h2>
            <p class="hint">{t.announcements.fixedLead}</p>
            <ul class="rows">
              {fixed.map(({ text, place }) => (
                <li key={place} class="row">
                  <div>
                    <LinkedText text={text} />
                    <p class="fine">{t.announcements.places[place]}</p>
                  </div>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Layout>
  );
}

function MakeAnnouncement({ shell, action, form, most }: AnnouncementsProps) {
  const { announcements } = shell.t;
  return (
    <form class="card stack" method="post" action={action}>
      <h2>{announcements.makeTitle}</h2>
      <Xsrf word={shell.xsrf} />
      <Field id="text" label={announcements.text} hint={announcements.textHint(most)}>
        {(control) => (
          <textarea {...control} class="prose" name="text" rows={3} maxLength={most} required>
            {form.text}
          </textarea>
        )}
      </Field>
      <div class="fields">
        <SelectField
          id="level"
          label={announcements.level}
          options={optionsOf(announcements.levels)}
          value={form.level}
        />
        <SelectField
          id="place"
          label={announcements.place}
          options={optionsOf(announcements.places)}
          value={form.place}
        />
        <SelectField
          id="ends"
          label={announcements.ends}
          options={optionsOf(announcements.terms)}
          value={form.ends}
        />
      </div>
      <div>
        <button class="button primary" type="submit">
          {announcements.make}
        </button>
      </div>
    </form>
  );
}

function optionsOf(words: Readonly<Record<string, string>>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

function Row({ shell, one }: { shell: AnnouncementsProps['shell']; one: AnnouncementProps }) {
  const { t, now } = shell;
  const { announcements } = t;
  return (
    <li class="row">
      <div>
        <LinkedText text={one.text} />
        <p class="fine">
          {announcements.levels[one.level]} · {announcements.places[one.place]} ·{' '}
          <When t={t} at={one.created} now={now} as="ago" /> {announcements.by(one.by)} ·{' '}
          {one.ends === null ? (
            announcements.noEnd
          ) : (
            <>
              {announcements.endsAt} <When t={t} at={one.ends} now={now} as="clock" />
            </>
          )}
        </p>
      </div>
      <Confirm
        shell={shell}
        word={announcements.clear}
        name={announcements.clearNamed(one.text)}
        question={announcements.clear}
        loses={one.text}
        yes={announcements.clear}
        action={one.clear}
      />
    </li>
  );
}

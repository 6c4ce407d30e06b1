import { withLinks } from '../../../domain/plain-text.ts';
import type { Shell } from '../props.ts';
import { Icon } from './icon.tsx';

/** What everybody is told: plain text, in which only web addresses are links. */
export function AnnouncementList({ shell }: { shell: Shell }) {
  const { t, announcements = [] } = shell;
  if (announcements.length === 0) return null;
  return (
    <section class="announcements" role="status" aria-label={t.announcements.label}>
      {announcements.map(({ text, level }) => (
        <div key={text} class={`announcement announcement-${level}`}>
          <Icon name={level === 'info' ? 'info' : 'alert'} />
          <p>
            {level === 'info' ? null : <strong>{t.announcements.levels[level]}: </strong>}
            <LinkedText text={text} />
          </p>
        </div>
      ))}
    </section>
  );
}

export function LinkedText({ text }: { text: string }) {
  return (
    <>
      {withLinks(text).map((piece) =>
        piece.href === null ? (
          piece.text
        ) : (
          <a key={piece.href} href={piece.href} rel="noreferrer">
            {piece.text}
          </a>
        ),
      )}
    </>
  );
}

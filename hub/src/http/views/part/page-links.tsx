import type { Messages } from '../messages/en.ts';

interface PageLinksProps {
  readonly t: Messages;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  readonly matching: number;
  /** Address of the list at that page. */
  readonly link: (page: number) => string;
}

/** Which part of a list this is, and the way to the next; nothing where all of it is shown. */
export function PageLinks({ t, page, pageSize, matching, link }: PageLinksProps) {
  if (matching <= pageSize && page === 1) return null;
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, matching);
  return (
    <nav class="pages" aria-label={t.admin.pages}>
      {page > 1 ? (
        <a class="button" href={link(page - 1)} rel="prev">
          {t.admin.previous}
        </a>
      ) : null}
      <span class="numbers">{t.admin.range(first, last, matching)}</span>
      {last < matching ? (
        <a class="button" href={link(page + 1)} rel="next">
          {t.admin.next}
        </a>
      ) : null}
    </nav>
  );
}

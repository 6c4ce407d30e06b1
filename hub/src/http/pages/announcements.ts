import Router from '@koa/router';
import {
  ANNOUNCEMENT_LEVELS,
  ANNOUNCEMENT_MAX,
  ANNOUNCEMENT_PLACES,
  type Announcement,
  type ConfiguredAnnouncements,
} from '../../domain/announcement.ts';
import { plainText } from '../../domain/plain-text.ts';
import { Problem } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { AnnouncementsView } from '../views/announcements.tsx';
import type { AnnouncementsProps, AnnouncementTerm } from '../views/announcements-props.ts';
import { renderPage } from '../views/render.ts';
import { say } from '../views/say.ts';
import { requireAdministrator } from './require-administrator.ts';
import { shellOf } from './shell.ts';
import { personOf, signedIn } from './signed-in.ts';

const TERMS: readonly AnnouncementTerm[] = ['', '3600', '14400', '86400', '604800'];
const EMPTY: AnnouncementsProps['form'] = { text: '', level: 'info', place: 'everywhere', ends: '' };

/** `/hub/admin/announcements`: what stands on the pages now, making one, and clearing it. For administrators. */
export function announcementsRouter(hub: Hub): Router<HubState> {
  const page = `${hub.settings.baseUrl}hub/admin/announcements`;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(page, signedIn(hub), (ctx) => {
    requireAdministrator(hub, ctx);
    const { made, cleared } = ctx.query;
    const words = ctx.state.t.announcements;
    const notice = made !== undefined ? words.made : cleared !== undefined ? words.cleared : null;
    show(ctx, { notice });
  });

  router.post(page, signedIn(hub), async (ctx) => {
    requireAdministrator(hub, ctx);
    const form = formOf(ctx.state.form);
    const { text, level, place } = form;
    const ends = form.ends === '' ? null : hub.clock.now() + Number(form.ends) * 1000;
    const by = personOf(ctx).user.name;
    try {
      await hub.announcements.make({ text, level, place: place === 'everywhere' ? null : place, ends, by });
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'HTTP-400') throw error;
      ctx.status = 400;
      return show(ctx, { form, error: say(ctx.state.t, String(error.facts.detail)) });
    }
    ctx.status = 303;
    ctx.redirect(`${page}?made`);
  });

  router.post(`${page}/clear/:id`, signedIn(hub), async (ctx) => {
    requireAdministrator(hub, ctx);
    if (!(await hub.announcements.clear(ctx.params.id ?? ''))) throw new Problem('HTTP-404');
    ctx.status = 303;
    ctx.redirect(`${page}?cleared`);
  });

  function show(ctx: HubContext, more: Partial<Pick<AnnouncementsProps, 'notice' | 'error' | 'form'>>): void {
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(AnnouncementsView, {
      shell: shellOf(hub, ctx),
      made: hub.announcements.made().map((one) => present(one, `${page}/clear/${one.id}`)),
      fixed: fixedOf(hub.announcements.configured()),
      most: ANNOUNCEMENT_MAX,
      notice: null,
      error: null,
      form: EMPTY,
      action: page,
      ...more,
    });
  }

  return router;
}

function present({ place, ...one }: Announcement, clear: string): AnnouncementsProps['made'][number] {
  return { ...one, place: place ?? 'everywhere', clear };
}

function fixedOf({ everywhere, at }: ConfiguredAnnouncements): AnnouncementsProps['fixed'] {
  const general = everywhere === null ? [] : [{ text: plainText(everywhere), place: 'everywhere' as const }];
  const special = ANNOUNCEMENT_PLACES.flatMap((place) => {
    const text = at[place];
    return text === undefined ? [] : [{ text: plainText(text), place }];
  });
  return [...general, ...special];
}

/** What is none of the form's choices is its first one: the form itself cannot send it. */
function formOf(form: URLSearchParams): AnnouncementsProps['form'] {
  return {
    text: (form.get('text') ?? '').slice(0, ANNOUNCEMENT_MAX * 2),
    level: ANNOUNCEMENT_LEVELS.find((level) => level === form.get('level')) ?? EMPTY.level,
    place: ANNOUNCEMENT_PLACES.find((place) => place === form.get('place')) ?? EMPTY.place,
    ends: TERMS.find((term) => term === form.get('ends')) ?? EMPTY.ends,
  };
}

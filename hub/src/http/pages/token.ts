import Router from '@koa/router';
import { Problem } from '../../domain/problem.ts';
import type { Token } from '../../domain/token.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import type { TokenProps, TokensProps, TokenTerm } from '../views/account-props.ts';
import type { Messages } from '../views/messages/en.ts';
import { renderPage } from '../views/render.ts';
import { say } from '../views/say.ts';
import { TokensView } from '../views/tokens.tsx';
import { offerScopes } from './offer-scopes.ts';
import { shellOf } from './shell.ts';
import { personOf, signedIn } from './signed-in.ts';

const NOTE_MAX = 200;
const SCOPES_MAX = 100;
const TERMS: readonly TokenTerm[] = ['3600', '86400', '604800', '2592000', '31536000', ''];
const USUAL_TERM: TokenTerm = '2592000';

/** What was typed, so that nothing is lost when it is refused. */
interface Wish {
  readonly note: string;
  readonly expires: TokenTerm;
  /** Null: everything. */
  readonly scopes: readonly string[] | null;
}

/**
 * `/hub/token`: one's own API tokens. A new one is in the answer to its POST and nowhere else, so that answer
 * is no redirect and is kept in no cache.
 */
export function tokenRouter(hub: Hub): Router<HubState> {
  const page = `${hub.settings.baseUrl}hub/token`;
  const router = new Router<HubState>({ sensitive: true, strict: true });
  const terms = termsWithin(hub.settings.maxTokenSeconds ?? null);

  router.get(page, signedIn(hub), (ctx) => {
    const { tokens } = ctx.state.t;
    const { revoked } = ctx.query;
    show(ctx, {
      notice: revoked === undefined ? null : revoked === 'all' ? tokens.revokedAll : tokens.revoked,
    });
  });

  router.post(page, signedIn(hub), async (ctx) => {
    const caller = personOf(ctx);
    const { tokens } = ctx.state.t;
    const wish = wishOf(ctx.state.form, terms);
    const { note, expires, scopes } = wish;
    if (note === '' || note.length > NOTE_MAX) return refuse(ctx, tokens.badNote, wish);
    if (scopes?.length === 0) return refuse(ctx, tokens.nothingChosen, wish);
    const expiresIn = expires === '' ? null : Number(expires);
    const answer = await hub.issueToken({
      caller,
      owner: caller.user,
      note,
      expiresIn,
      scopes,
      roles: null,
    });
    if (answer.kind === 'refused') return refuse(ctx, say(ctx.state.t, answer.message), wish);
    const example = `${ctx.state.origin}${hub.settings.baseUrl}hub/api/user`;
    show(ctx, { issued: { word: answer.word, example } });
  });

  router.post(`${page}/revoke/:id`, signedIn(hub), async (ctx) => {
    const mine = hub.tables.tokens.where('user', personOf(ctx).user.name);
    const token = mine.find(({ id, server }) => id === ctx.params.id && server === null);
    if (token === undefined) throw new Problem('HTTP-404');
    await hub.revokeToken(token);
    ctx.status = 303;
    ctx.redirect(`${page}?revoked`);
  });

  router.post(`${page}/revoke-all`, signedIn(hub), async (ctx) => {
    // As many as there may be, which is bounded; one after the other, as if each had been pressed.
    for (const token of ownOf(personOf(ctx).user.name)) await hub.revokeToken(token);
    ctx.status = 303;
    ctx.redirect(`${page}?revoked=all`);
  });

  /** Those that a person made: not a server's own, and not those of servers that they opened. */
  function ownOf(user: string): readonly Token[] {
    return hub.tables.tokens
      .where('user', user)
      .filter(({ server, clientId }) => server === null && clientId === null);
  }

  function refuse(ctx: HubContext, error: string, wish: Wish): void {
    ctx.status = 400;
    show(ctx, { error }, { ...wish, note: wish.note.slice(0, NOTE_MAX) });
  }

  function show(
    ctx: HubContext,
    more: Partial<Pick<TokensProps, 'notice' | 'error' | 'issued'>>,
    { note, expires, scopes }: Wish = { note: '', expires: usual(terms), scopes: null },
  ): void {
    const now = hub.clock.now();
    const { user, scopes: held } = personOf(ctx);
    const { t } = ctx.state;
    const tokens = hub.tables.tokens
      .where('user', user.name)
      .filter((token) => token.server === null && (token.expires === null || token.expires > now))
      .sort((a, b) => b.created - a.created);
    const present = (token: Token) => presentToken(t, token, `${page}/revoke/${token.id}`);
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(TokensView, {
      shell: shellOf(hub, ctx),
      own: tokens.filter(({ clientId }) => clientId === null).map(present),
      given: tokens.filter(({ clientId }) => clientId !== null).map(present),
      issued: null,
      notice: null,
      error: null,
      note,
      expires,
      terms,
      scopes: offerScopes(t, held, user.name, new Set(scopes ?? [])),
      narrow: scopes !== null,
      revokeAll: `${page}/revoke-all`,
      ...more,
    });
  }

  return router;
}

/** What of it the page tells. */
function presentToken({ tokens }: Messages, token: Token, revoke: string): TokenProps {
  const { id, note, created, lastActivity, expires } = token;
  const all = token.scopes.includes('inherit');
  const scopes = all ? [] : token.scopes.filter((scope) => scope !== '(no_scope)');
  const may = all ? tokens.mayAll : scopes.length === 0 ? tokens.mayIdentify : tokens.may(scopes.length);
  return { id, note, created, lastActivity, expires, revoke, may, scopes };
}

/** Only what the form offers. @throws Problem HTTP-400. */
function wishOf(form: URLSearchParams, terms: readonly TokenTerm[]): Wish {
  const expires = terms.find((term) => term === form.get('expires'));
  if (expires === undefined) {
    throw new Problem('HTTP-400', { detail: 'That is none of the terms that a token can have.' });
  }
  const chosen = [...new Set(form.getAll('scopes'))].slice(0, SCOPES_MAX);
  return {
    note: (form.get('note') ?? '').trim(),
    expires,
    scopes: form.get('reach') === 'chosen' ? chosen : null,
  };
}

/** Terms within `token_expires_in_max_seconds`; where all are longer, the longest there is. */
function termsWithin(max: number | null): readonly TokenTerm[] {
  if (max === null) return TERMS;
  const within = TERMS.filter((term) => term !== '' && Number(term) <= max);
  return within.length > 0 ? within : [''];
}

function usual(terms: readonly TokenTerm[]): TokenTerm {
  return terms.includes(USUAL_TERM) ? USUAL_TERM : (terms.at(-1) ?? '');
}

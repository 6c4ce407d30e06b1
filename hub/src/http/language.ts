import { cookieValues } from './cookies.ts';
import type { HubMiddleware } from './hub-context.ts';
import type { Messages } from './views/messages/en.ts';
import { LANGUAGES } from './views/messages/languages.ts';

export const LANGUAGE_COOKIE = 'berth-language';

/** More languages than that nobody speaks; a header may be as long as headers may be. */
const MOST_RANGES = 20;

/**
 * In which language to answer, as `ctx.state.t`: what the person chose (a cookie), or else the first of the
 * browser's wishes that there is. Caches are told that both decide.
 */
export const language: HubMiddleware = async (ctx, next) => {
  ctx.state.t =
    languageNamed(cookieValues(ctx.headers.cookie, LANGUAGE_COOKIE)[0]) ??
    wishedLanguage(ctx.headers['accept-language']);
  await next();
  if (ctx.response.is('html', 'text/event-stream') === false) return;
  ctx.vary('Accept-Language');
  ctx.vary('Cookie');
  ctx.set('Content-Language', ctx.state.t.lang);
};

export function languageNamed(word: string | undefined): Messages | undefined {
  return LANGUAGES.find(({ lang }) => lang === word);
}

/**
 * `Accept-Language` (RFC 9110 §12.5.4, looked up as RFC 4647 §3.4 has it: `de-AT` is served by `de`). A
 * quality of 0 is a refusal; what cannot be read is left out.
 */
export function wishedLanguage(header: string | undefined): Messages {
  const wishes = (header ?? '')
    .split(',', MOST_RANGES)
    .map(wishOf)
    .filter(({ quality }) => quality > 0)
    // Equals stay in the order in which they were said.
    .sort((a, b) => b.quality - a.quality);
  for (const { range } of wishes) {
    const found = range === '*' ? LANGUAGES[0] : languageNamed(range.split('-')[0]);
    if (found !== undefined) return found;
  }
  return LANGUAGES[0];
}

function wishOf(part: string): { readonly range: string; readonly quality: number } {
  const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
  const told = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  if (!/^(?:[a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*)$/.test(range)) return { range, quality: 0 };
  if (told === undefined) return { range, quality: 1 };
  return { range, quality: /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(told) ? Number(told) : 0 };
}

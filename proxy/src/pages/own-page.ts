import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';

interface Words {
  readonly heading: string;
  readonly advice: string;
}

/** What to say, and what a person can do about it, by status. */
const WORDS: Readonly<Record<number, Words>> = {
  400: { heading: 'This address cannot be read', advice: 'Check the address and try again.' },
  401: { heading: 'Nobody is signed in here', advice: 'Go to the start page and sign in.' },
  403: {
    heading: 'You may not come in here',
    advice: 'Go to the start page; you may have to sign in again, or ask the owner of the server.',
  },
  404: { heading: 'There is nothing here', advice: 'Check the address, or go to the start page.' },
  408: {
    heading: 'The upload stopped',
    advice: 'Try again; a slow or broken connection can be the reason.',
  },
  421: {
    heading: 'Not under this name',
    advice: 'Use the address that you were given for this server.',
  },
  431: {
    heading: 'Your browser sent too much',
    advice: 'Clear the cookies of this site and try again.',
  },
  502: {
    heading: 'The server gave no usable answer',
    advice: 'If it stays so, stop the server on the start page and start it again.',
  },
  503: {
    heading: 'The server does not answer',
    advice: 'Wait a moment. If it stays so, start the server again from the start page.',
  },
  504: {
    heading: 'The server takes too long',
    advice: 'Wait a moment. If it stays so, stop the server on the start page and start it again.',
  },
};
const HUB_AWAY: Words = {
  heading: 'Back in a moment',
  advice:
    'Notebooks that are running go on, and nothing in them is lost. If this lasts longer than a few minutes, tell the people who run this server.',
};
const OTHER: Words = { heading: 'This did not work', advice: 'Try again, or go to the start page.' };

export const RETRY_SECONDS = 5;

const STYLE = `:root{color-scheme:light dark;--bg:light-dark(#f4f6f7,#0d1519);--surface:light-dark(#fff,#141e24);--line:light-dark(#dae1e5,#26343d);--ink:light-dark(#12212a,#e7eef2);--soft:light-dark(#4b5c67,#a3b4be);--accent:light-dark(#0b6178,#74cbe0)}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.25rem;font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;color:var(--ink);background:var(--bg)}
main{width:100%;max-width:34rem;padding:clamp(1.25rem,5vw,2.25rem);background:var(--surface);border:1px solid var(--line);border-radius:14px;overflow-wrap:anywhere}
h1{margin:0 0 .6rem;font-size:clamp(1.4rem,1.2rem + 1vw,1.8rem);line-height:1.2;letter-spacing:-.015em}
p{margin:0 0 .8rem}
.soft{color:var(--soft)}
.last{margin:1.2rem 0 0;padding-top:1rem;border-top:1px solid var(--line);display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;justify-content:space-between}
a{color:var(--accent);text-underline-offset:.18em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}`;

/** Nothing may be loaded or run: the one style is named by its hash. */
export const OWN_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;

export interface PageFacts {
  readonly status: number;
  /** What happened, for the person. Must hold nothing of the request. */
  readonly sentence: string;
  /** The request's path, of which the page says at most where the start page is. */
  readonly path: string;
  /** The one who explains errors did not answer either. */
  readonly hubAway: boolean;
  /** May the page ask again by itself? Only what was asked by GET. */
  readonly reloads: boolean;
}

/** The page for when nobody else has one: no script, nothing to load, light and dark. */
export function ownPage({ status, sentence, path, hubAway, reloads }: PageFacts): string {
  const { heading, advice } = hubAway ? HUB_AWAY : (WORDS[status] ?? OTHER);
  const said = hubAway ? 'The hub does not answer. It may be starting or being updated.' : sentence;
  const again = `<span class="soft">This page tries again by itself every ${RETRY_SECONDS} seconds.</span>`;
  const name = `${status} ${STATUS_CODES[status] ?? 'Error'}`;
  return plainPage({
    lang: 'en',
    title: `${heading} (${name})`,
    heading,
    paragraphs: [said, advice, ...(reloads ? [again] : [])],
    last: [`<a href="${startPage(path)}">Start page</a>`, `<span>${name}</span>`],
    reloads,
  });
}

export interface PlainPage {
  readonly lang: string;
  readonly title: string;
  readonly heading: string;
  /** Markup, as are the words of the last line: nothing of a request may stand in them as it came. */
  readonly paragraphs: readonly string[];
  readonly last: readonly string[];
  readonly reloads: boolean;
}

/** A page of nothing but words, under `OWN_PAGE_POLICY`. */
export function plainPage({ lang, title, heading, paragraphs, last, reloads }: PlainPage): string {
  const refresh = reloads ? `<meta http-equiv="refresh" content="${RETRY_SECONDS}">\n` : '';
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${refresh}<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${heading}</h1>
${paragraphs.map((words) => `<p>${words}</p>\n`).join('')}<p class="last soft">${last.join(' ')}</p>
</main>
</body>
</html>
`;
}

const BEFORE_THE_HUB = /^((?:\/[\w.~-]+){0,4}?)\/(?:hub|user|services)(?:\/|$)/;

/** Behind a front server the hub may live below a path of its own; it is what stands before /hub, /user or /services. */
export function startPage(path: string): string {
  return `${BEFORE_THE_HUB.exec(path)?.[1] ?? ''}/`;
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ContractHub, openContractHub } from '../../../../test/support/contract-hub.ts';
import { isProblemCode, PROBLEMS, Problem, type ProblemCode } from '../../domain/problem.ts';
import { newServer } from '../../domain/server.ts';
import type { HubState } from '../hub-context.ts';
import { makePagesApp } from '../pages-app.ts';
import type { Messages } from '../views/messages/en.ts';
import { LANGUAGES } from '../views/messages/languages.ts';
import { NotRunningView } from '../views/not-running.tsx';
import { renderPage } from '../views/render.ts';
import { failureOf } from './present-server.ts';
import { problemPage } from './problem-page.ts';
import { shellOf } from './shell.ts';

const CODES = Object.keys(PROBLEMS).filter(isProblemCode);
const DETAIL = 'What came of it: <b>this & that</b>.';
const facts = (code: ProblemCode): Record<string, string> => {
  const { user, title, admin } = PROBLEMS[code];
  const names = [...`${user}${title}${admin}`.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, name === 'detail' ? DETAIL : `the-${name}`]));
};

let house: ContractHub;
let origin = '';
let close: () => void;
const lines: { readonly facts: Record<string, unknown> }[] = [];

beforeAll(async () => {
  house = await openContractHub();
  await house.addUser('alice');
  await house.addUser('mary', { admin: true });
  const note = (told: object): void => void lines.push({ facts: { ...told } });
  const hub = { ...house.hub, log: { info: note, warn: note, error: note } };
  const router = new Router<HubState>();
  router.get('/hub/throw/:code', (ctx) => {
    const code = ctx.params.code ?? '';
    if (!isProblemCode(code)) throw new Error('something else broke');
    throw new Problem(code, facts(code));
  });
  router.get('/hub/failed/:code', (ctx) => {
    const code = ctx.params.code ?? '';
    const shell = shellOf(hub, ctx);
    const failure = {
      at: 1,
      code,
      facts: facts('HTTP-400'),
      detail: DETAIL,
      exitCode: 1,
      outOfMemory: false,
    };
    const server = { ...newServer('alice'), failure: { ...failure, log: ['<last> line'] } };
    ctx.body = renderPage(NotRunningView, {
      shell,
      label: shell.t.server.own,
      start: '/hub/spawn/alice',
      choose: false,
      next: null,
      stopReason: null,
      failure: failureOf(shell.t, server, false),
    });
  });
  const app = makePagesApp(hub, { open: [], pages: [router], showProblem: problemPage(hub) });
  const server = createServer(app.callback());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => server.close();
});

afterAll(async () => {
  close();
  await house.close();
});

async function page(path: string, { lang }: Messages, who: string) {
  const { cookie } = await house.signIn(who);
  const headers = { accept: 'text/html', cookie, 'accept-language': lang };
  const answer = await request(`${origin}${path}`, { headers });
  return { status: answer.statusCode, html: await answer.body.text() };
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const filled = (text: string, code: ProblemCode) =>
  escaped(text.replace(/\{(\w+)\}/g, (_, name: string) => facts(code)[name] ?? 'unknown'));

describe.each(LANGUAGES.map((t) => [t.lang, t] as const))('in %s', (_lang, t) => {
  it.each(CODES)('%s: what happened, what now, and the number that the log knows', async (code) => {
    lines.length = 0;
    const { status, html } = await page(`/hub/throw/${code}`, t, 'alice');
    expect(status).toBe(PROBLEMS[code].status);
    expect(html).toContain(`<h1>${filled(t.problems[code].title, code)}</h1>`);
    expect(html).toContain(filled(t.problems[code].user, code));
    const number = /<code class="number">([a-z2-9]{8})<\/code>/.exec(html)?.[1] ?? '';
    expect(lines.map(({ facts: told }) => [told.request, told.code])).toEqual([[number, code]]);
    // The other half is not theirs to read.
    if (!PROBLEMS[code].admin.includes('{detail}')) expect(html).not.toContain(escaped(PROBLEMS[code].admin));
    expect(html).not.toMatch(/<b>this/);
  });

  it.each(CODES.filter((code) => /^(?:SPAWN|RUN)-/.test(code)))(
    '%s of a start: title, sentence, code, the last lines, and a button to try again',
    async (code) => {
      const { html } = await page(`/hub/failed/${code}`, t, 'alice');
      expect(html).toContain(escaped(t.problems[code].title.split('{')[0] ?? ''));
      expect(html).toContain(`<code>${code}</code>`);
      expect(html).toContain('&lt;last> line');
      expect(html).toMatch(/<form class="action" method="post" action="\/hub\/spawn\/alice">/);
    },
  );
});

it('an administrator reads their half as well, in the words of the log', async () => {
  const [, ko] = LANGUAGES;
  if (ko === undefined) throw new Error('there is one language only');
  const { html } = await page('/hub/throw/SPAWN-120', ko, 'mary');
  expect(html).toContain(filled(PROBLEMS['SPAWN-120'].admin, 'SPAWN-120'));
  expect(html).toContain('<div class="for-admin" lang="en">');
});

it('what nobody foresaw tells nothing of itself', async () => {
  lines.length = 0;
  const { status, html } = await page('/hub/throw/none', LANGUAGES[0], 'mary');
  expect(status).toBe(500);
  expect(html).not.toContain('something else broke');
  expect(lines).toHaveLength(1);
});

/** A sentence that only says what is: what to do stands in its `{detail}`, or nobody reads it in a browser. */
const TOLD_ELSEWHERE = new Set(['AUTH-021']);
const WHAT_NOW =
  /\{detail\}|\b(?:Ask|Check|Choose|Come|Enter|Go|Look|Reload|Remove|Say|Send|Sign|Start|Stop|Tell|Try|Wait|ask|choose|come back|download|reload|remove|restart|send|sign|start|stop|tell|try|use|wait)\b/;

it.each(CODES.filter((code) => !TOLD_ELSEWHERE.has(code)))('%s says what the person can do now', (code) => {
  expect(PROBLEMS[code].user).toMatch(WHAT_NOW);
});

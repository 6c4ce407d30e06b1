import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import type { Probe } from '../../hub/src/domain/probe.ts';
import { serverKey } from '../../hub/src/domain/server.ts';
import { doctorRouter } from '../../hub/src/http/pages/doctor.ts';
import { openRouters, pageRouters } from '../../hub/src/http/pages/page-routers.ts';
import { problemPage } from '../../hub/src/http/pages/problem-page.ts';
import { makePagesApp } from '../../hub/src/http/pages-app.ts';
import { makeRunProbes } from '../../hub/src/usecases/run-probes.ts';
import { type ContractHub, type ContractOptions, openContractHub } from './contract-hub.ts';

export interface PageReply {
  readonly status: number;
  readonly location: string | null;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface PagesHouse extends ContractHub {
  readonly origin: string;
  /** As `who` with a fresh session, or as nobody. */
  get(path: string, who?: string | null, headers?: Readonly<Record<string, string>>): Promise<PageReply>;
  /** Breaks every connection that is open, as a proxy's restart does. */
  cutConnections(): void;
  /** Answers to POST take so long from now on. */
  answerSlowly(ms: number): void;
  /** With the right `_xsrf`, unless the form brings its own. */
  post(path: string, who: string | null, form?: Readonly<Record<string, string>>): Promise<PageReply>;
}

/**
 * All pages on a real port, a real store behind them; a start only moves the record. With `notebooks`, ready
 * servers answer one line, as if a proxy led to them.
 */
export async function openPagesHouse(
  options: ContractOptions & { readonly notebooks?: boolean; readonly probes?: readonly Probe[] } = {},
): Promise<PagesHouse> {
  const house = await openContractHub(options);
  const { hub } = house;
  const doors = {
    open: openRouters(hub),
    pages: [...pageRouters(hub), doctorRouter(hub, makeRunProbes(options.probes ?? [], hub.clock))],
    showProblem: problemPage(hub),
  };
  const pages = makePagesApp(hub, doors).callback();
  let slow = 0;
  const server = createServer((asked, answer) => {
    if (asked.method === 'POST' && slow > 0) {
      const end = answer.end.bind(answer);
      answer.end = ((...rest: Parameters<typeof end>) => {
        setTimeout(() => end(...rest), slow);
        return answer;
      }) as typeof answer.end;
    }
    const name = /^\/user\/([^/]+)\//.exec(asked.url ?? '')?.[1] ?? '';
    const ready = house.store.servers.get(serverKey(name, ''))?.state === 'ready';
    if (options.notebooks !== true || !ready) return void pages(asked, answer);
    answer.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>The notebook</h1>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function send(
    path: string,
    init: { method: 'GET' | 'POST'; headers: Record<string, string>; body?: string },
  ): Promise<PageReply> {
    const answer = await request(`${origin}${path}`, init);
    const { location } = answer.headers;
    return {
      status: answer.statusCode,
      location: typeof location === 'string' ? location : null,
      headers: answer.headers,
      text: await answer.body.text(),
    };
  }

  return {
    ...house,
    origin,
    async get(path, who = null, headers = {}) {
      const session = who === null ? null : await house.signIn(who);
      return send(path, {
        method: 'GET',
        headers: { accept: 'text/html', ...(session === null ? {} : { cookie: session.cookie }), ...headers },
      });
    },
    async post(path, who, form = {}) {
      const session = who === null ? null : await house.signIn(who);
      return send(path, {
        method: 'POST',
        headers: {
          accept: 'text/html',
          'content-type': 'application/x-www-form-urlencoded',
          ...(session === null ? {} : { cookie: session.cookie }),
        },
        body: new URLSearchParams({
          ...(session === null ? {} : { _xsrf: session.xsrf }),
          ...form,
        }).toString(),
      });
    },
    answerSlowly: (ms) => {
      slow = ms;
    },
    cutConnections: () => server.closeAllConnections(),
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await house.close();
    },
  };
}

import { Readable } from 'node:stream';
import { closed } from '../api/settled-within.ts';
import { withKeepAlive } from '../api/with-keep-alive.ts';
import type { Hub } from '../hub.ts';
import type { HubContext } from '../hub-context.ts';
import { event } from './progress-stream.ts';

/** A sign of life, so that no proxy on the way hangs up. */
const ALIVE_MS = 8_000;
/** After that the browser comes again, and its cookie and its rights are looked at anew. */
const LONGEST_MS = 5 * 60_000;
/** What happens together is told together. */
const GATHER_MS = 400;

/** HTML of each element of a page that is alive, by its id; the empty string: it is gone. */
export type Parts = ReadonlyMap<string, string>;

/**
 * Answers with an event stream that keeps parts of a page as they are now: after each look at usage, and whenever a
 * server moves, the parts whose HTML is not what was sent last. Events: `row` (an element's id, then its HTML), and `go`
 * (the page's path: it is to be asked for again) when `render` answers null.
 *
 * The first handful is everything: what changed between page and stream, or while it was broken, is repaired.
 */
export function streamParts(
  hub: Hub,
  ctx: HubContext,
  { page, render }: { readonly page: string; readonly render: () => Parts | null },
): void {
  ctx.set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  ctx.status = 200;
  const end = AbortSignal.any([closed(ctx), AbortSignal.timeout(LONGEST_MS)]);
  ctx.body = Readable.from(withKeepAlive(changes(hub, page, render, end), ': alive\n\n', ALIVE_MS));
}

async function* changes(
  hub: Hub,
  page: string,
  render: () => Parts | null,
  end: AbortSignal,
): AsyncGenerator<string> {
  const bell = makeBell(hub, end);
  let sent = new Map<string, string>();
  try {
    while (!end.aborted) {
      const parts = render();
      if (parts === null) {
        yield event('go', page);
        return;
      }
      const fresh = new Map<string, string>();
      let words = '';
      for (const [id, html] of parts) {
        fresh.set(id, html);
        if (sent.get(id) !== html) words += event('row', `${id}\n${html}`);
      }
      sent = fresh;
      if (words !== '') yield words;
      await bell.rung();
    }
  } finally {
    bell.still();
  }
}

/** Rings when something may have changed; resolves at the end too. */
function makeBell({ usage, facts }: Hub, end: AbortSignal) {
  let ring = () => {};
  let rang = false;
  const strike = () => {
    rang = true;
    ring();
  };
  const deaf = [
    usage.listen(strike),
    facts.listen((fact) => {
      if (fact.kind === 'server-moved') strike();
    }),
  ];
  end.addEventListener('abort', strike, { once: true });
  return {
    async rung(): Promise<void> {
      if (!rang) {
        await new Promise<void>((resolve) => {
          ring = resolve;
        });
      }
      if (!end.aborted) await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
      rang = false;
    },
    still(): void {
      for (const stop of deaf) stop();
      end.removeEventListener('abort', strike);
    },
  };
}

import type { ParameterizedContext } from 'koa';
import type { Caller } from '../domain/caller.ts';
import type { Messages } from './views/messages/en.ts';

/** What the pipeline has found out by the time a page or an API handler runs. */
export interface HubState {
  /** Every text, in the language of whoever asks. */
  t: Messages;
  /** Short, of letters that cannot be taken for each other: on error pages and in the log. */
  requestId: string;
  /** The browser's or script's own address, as the proxy saw it. */
  address: string;
  /** Scheme and host as the browser knows them. */
  origin: string;
  /** Word of the visitor's cookie: binds what happens before sign-in to one browser. */
  visitor: string;
  caller: Caller | null;
  /** For the hidden field `_xsrf`; empty when the page is not fetched by a navigation. */
  xsrf: string;
  /** Fields of the form; empty unless a form was sent. */
  form: URLSearchParams;
  /** The file that came with the form, as it arrives; to be read once. Absent: none. */
  upload?: AsyncGenerator<Uint8Array>;
}

export type HubContext = ParameterizedContext<HubState>;
export type HubMiddleware = (ctx: HubContext, next: () => Promise<unknown>) => Promise<unknown> | unknown;

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Counts } from '../counts.ts';
import { ErrorPages, prefersJson, send } from '../pages/error-page.ts';
import { nobodyListens } from './nobody-listens.ts';
import { readPortPath } from './port-path.ts';
import type { PortSettings } from './read-port-settings.ts';

const UNREACHABLE = 503;

/** As the proxy's own pages; a port on which nothing listens has one that says so. */
export class PortErrors extends ErrorPages {
  readonly #settings: PortSettings;

  constructor(settings: PortSettings, counts: Counts, log: Logger) {
    super(undefined, undefined, counts, log);
    this.#settings = settings;
  }

  override answer(
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    sentence: string,
    close = false,
  ): void {
    if (status !== UNREACHABLE) {
      super.answer(request, response, status, sentence, close);
      return;
    }
    const { prefix, port: own } = this.#settings;
    const { port } = readPortPath(request.url ?? '/', prefix, own);
    if (prefersJson(request.headers.accept)) {
      super.answer(request, response, status, `Nothing answers on port ${port}.`, close);
      return;
    }
    if (close) response.shouldKeepAlive = false;
    const { page, policy } = nobodyListens(port, this.#settings, {
      languages: request.headers['accept-language'],
      reloads: request.method === 'GET',
    });
    send(request, response, status, 'text/html; charset=utf-8', page, { 'Content-Security-Policy': policy });
  }
}

import { readFile } from 'node:fs/promises';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Counts } from '../counts.ts';
import type { ErrorTarget } from './error-target.ts';
import { OWN_PAGE_POLICY, ownPage, RETRY_SECONDS } from './own-page.ts';

/** Answers for requests that no server answers: from the error target, from files, or from our own page. */
export class ErrorPages {
  readonly #target: ErrorTarget | undefined;
  readonly #directory: string | undefined;
  readonly #counts: Counts;
  readonly #log: Logger;

  constructor(target: ErrorTarget | undefined, directory: string | undefined, counts: Counts, log: Logger) {
    this.#target = target;
    this.#directory = directory;
    this.#counts = counts;
    this.#log = log;
  }

  /** Answers with an error. `close`: the connection cannot go on after this. Never throws. */
  answer(
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    sentence: string,
    close = false,
  ): void {
    this.#counts.countProxied(status);
    if (close) response.shouldKeepAlive = false;
    if (prefersJson(request.headers.accept)) {
      send(request, response, status, 'application/json', JSON.stringify({ status, message: sentence }));
      return;
    }
    // Only what concerns the way to a server is the hub's to explain; a malformed request is not passed on.
    if (status !== 404 && status < 502) {
      sendOwn(request, response, status, sentence);
      return;
    }
    if (this.#target !== undefined) {
      const languages = request.headers['accept-language'];
      this.#target.fetch(status, request.url ?? '/', languages, (page) => {
        if (page === undefined) sendOwn(request, response, status, sentence, status >= 502);
        else send(request, response, status, page.contentType, page.body, page.headers);
      });
      return;
    }
    if (this.#directory === undefined) sendOwn(request, response, status, sentence);
    else void this.#answerFromFile(this.#directory, request, response, status, sentence);
  }

  /** Answers an upgrade with a plain HTTP status, and closes: nothing is left to come on such a connection. */
  answerUpgrade(socket: Socket, status: number, sentence: string): void {
    this.#counts.countProxied(status);
    const body = `${sentence}\n`;
    const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n`;
    socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    closeAfterAnswer(socket);
  }

  async #answerFromFile(
    directory: string,
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    sentence: string,
  ): Promise<void> {
    for (const name of [`${status}.html`, 'error.html']) {
      try {
        const page = await readFile(join(directory, name));
        send(request, response, status, 'text/html', page);
        return;
      } catch (error) {
        this.#log.debug({ file: name, reason: String(error) }, 'no error page file');
      }
    }
    sendOwn(request, response, status, sentence);
  }
}

const LAST_WORD_MS = 5_000;

/** Closes a socket once what was written is out, and in any case soon. */
export function closeAfterAnswer(socket: Socket): void {
  // Unread bytes would turn the close into a reset, and the client would lose the answer.
  socket.resume();
  socket.setTimeout(LAST_WORD_MS, () => socket.destroy());
  socket.destroySoon();
}

export function prefersJson(accept: string | undefined): boolean {
  return accept?.includes('application/json') === true && !accept.includes('text/html');
}

function sendOwn(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  sentence: string,
  hubAway = false,
): void {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const page = ownPage({
    status,
    sentence,
    path: status === 400 ? '/' : path,
    hubAway,
    reloads: status >= 502 && request.method === 'GET',
  });
  send(request, response, status, 'text/html; charset=utf-8', page, {
    'Content-Security-Policy': OWN_PAGE_POLICY,
  });
}

export function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer,
  extra: Readonly<Record<string, string>> = {},
): void {
  if (response.destroyed || response.headersSent) return;
  const retry = status >= 502 || status === 429 ? { 'Retry-After': String(RETRY_SECONDS) } : {};
  response.writeHead(status, {
    'Content-Type': contentType,
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    ...retry,
    ...extra,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

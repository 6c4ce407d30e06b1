import { readFile } from 'node:fs/promises';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Counts } from './counts.ts';
import type { ErrorTarget } from './error-target.ts';

/** What a person can do about it, by status. */
const ADVICE: Readonly<Record<number, string>> = {
  400: 'Check the address and try again.',
  404: 'Check the address, or go to the start page.',
  408: 'Try again; a slow or broken connection can be the reason.',
  431: 'Clear the cookies of this site and try again.',
  502: 'Try again. If it stays so, stop the server on the start page and start it again.',
  503: 'Wait a moment and reload. If it stays so, start the server again from the start page.',
  504: 'Wait a moment and reload. If it stays so, stop the server on the start page and start it again.',
};
const RETRY_AFTER_SECONDS = 5;

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
      this.#target.fetch(status, request.url ?? '/', (page) => {
        if (page === undefined) sendOwn(request, response, status, sentence);
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

function prefersJson(accept: string | undefined): boolean {
  return accept?.includes('application/json') === true && !accept.includes('text/html');
}

function sendOwn(request: IncomingMessage, response: ServerResponse, status: number, sentence: string): void {
  const title = `${status} ${STATUS_CODES[status] ?? 'Error'}`;
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem}</style></head>
<body><h1>${title}</h1><p>${sentence}</p><p>${ADVICE[status] ?? ''}</p><p><a href="/">Start page</a></p></body></html>\n`;
  send(request, response, status, 'text/html; charset=utf-8', page, {
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
  });
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer,
  extra: Readonly<Record<string, string>> = {},
): void {
  if (response.destroyed || response.headersSent) return;
  const retry = status === 503 ? { 'Retry-After': String(RETRY_AFTER_SECONDS) } : {};
  response.writeHead(status, {
    'Content-Type': contentType,
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    ...retry,
    ...extra,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

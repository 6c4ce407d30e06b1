import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Log } from '../../../domain/ports.ts';
import { type Admitted, admit } from './admit.ts';
import { Belongings } from './belongings.ts';
import { EngineDoor } from './engine-door.ts';
import type { GatePolicy } from './policy.ts';
import { readCall } from './read-call.ts';
import { reducedList } from './reduced-list.ts';
import { Refused } from './refused.ts';

/** The client library repeats a container's whole body in its query. */
const MOST_HEAD_BYTES = 512 * 1024;
const MOST_BODY_BYTES = 4 * 1024 * 1024;
const DEADLINE_MS = 30_000;
/** Credentials for a registry. Nothing else of a request's head reaches the engine. */
const REGISTRY_FIELD = 'x-registry-auth';
/** Of an answer's head, what tells how to read it. */
const ANSWER_FIELDS = [
  'content-type',
  'api-version',
  'ostype',
  'server',
  'x-docker-container-path-stat',
] as const;

/**
 * A server that stands before the engine's socket and lets pass what is in the table of needed calls, each made anew
 * from what was read of it: method, path, query and body. It never hands a connection over.
 *
 * @param policy what holds now; asked for every call.
 */
export function engineGate(socket: string, policy: () => GatePolicy, log: Log): Server {
  const door = new EngineDoor(socket);
  const belongings = new Belongings(door);
  const server = createServer({
    insecureHTTPParser: false,
    maxHeaderSize: MOST_HEAD_BYTES,
    headersTimeout: DEADLINE_MS,
    // An archive may take its time; other bodies have a deadline of their own.
    requestTimeout: 0,
    keepAliveTimeout: 5_000,
    // Who would leave HTTP (attach, exec) is answered as anybody else: that is not in the table.
    shouldUpgradeCallback: () => false,
  });
  server.on('request', (request, response) => {
    pass(request, response).catch((error: unknown) => answerRefusal(request, response, error, log));
  });
  server.on('connect', (_, connection) => connection.destroy());
  return server;

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.upgrade !== undefined) throw new Refused(403, 'a connection is not handed over');
    const call = readCall(request.method ?? '', request.url ?? '');
    const now = policy();
    const admitted = await admit(call, () => readBody(request), now, belongings);
    if (admitted.reduced) return answerJson(response, await reducedList(door, admitted.path, now.instance));
    await forward(request, response, call.needed.method, admitted);
  }

  function forward(
    request: IncomingMessage,
    response: ServerResponse,
    method: string,
    { path, body }: Admitted,
  ): Promise<void> {
    const credentials = request.headers[REGISTRY_FIELD];
    const asked = door.open(method, path, {
      ...(typeof credentials === 'string' ? { 'X-Registry-Auth': credentials } : {}),
      ...framing(body),
    });
    // Who gives up a download or the event stream gives it up at the engine too.
    response.on('close', () => asked.destroy());
    return new Promise((resolve, reject) => {
      asked.on('error', (error) => {
        if (response.destroyed) resolve();
        else reject(new Refused(502, `the engine cannot be reached: ${error.message}`));
      });
      asked.on('upgrade', (_, connection) => {
        connection.destroy();
        reject(new Refused(502, 'the engine would leave HTTP'));
      });
      asked.on('response', (answer) => {
        relay(answer, response);
        answer.on('end', resolve);
      });
      if (body === 'pass') {
        request.on('error', () => asked.destroy());
        request.pipe(asked);
      } else asked.end(body ?? undefined);
    });
  }
}

function framing(body: Admitted['body']): Record<string, string> {
  if (body === null) return { 'Content-Length': '0' };
  if (body === 'pass') return { 'Content-Type': 'application/x-tar', 'Transfer-Encoding': 'chunked' };
  const type = typeof body === 'string' ? 'application/json' : 'application/x-tar';
  return { 'Content-Type': type, 'Content-Length': String(Buffer.byteLength(body)) };
}

function relay(answer: IncomingMessage, response: ServerResponse): void {
  const fields = ANSWER_FIELDS.flatMap((name) => {
    const value = answer.headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  response.writeHead(answer.statusCode ?? 502, Object.fromEntries(fields));
  // An empty stream has begun too: the client waits for the head.
  response.flushHeaders();
  answer.on('error', () => response.destroy());
  answer.pipe(response);
}

/** @throws Refused 408, 413 */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  const timer = setTimeout(
    () => request.destroy(new Refused(408, 'the body did not come in time')),
    DEADLINE_MS,
  );
  try {
    for await (const part of request) {
      const bytes = Buffer.from(part);
      size += bytes.length;
      if (size > MOST_BODY_BYTES) throw new Refused(413, 'the body is too long');
      parts.push(bytes);
    }
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(parts);
}

function answerRefusal(request: IncomingMessage, response: ServerResponse, error: unknown, log: Log): void {
  const refusal = error instanceof Refused ? error : new Refused(502, String(error));
  const { status, message } = refusal;
  const asked = { method: request.method, path: (request.url ?? '').split('?')[0]?.slice(0, 200) };
  if (status === 403) log.warn({ ...asked, reason: message }, 'refused');
  else if (status === 502) log.error({ ...asked, reason: message }, 'could not be passed on');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // After a refusal nothing of the connection is believed to be a request.
  response.setHeader('Connection', 'close');
  // The engine's own form, which its clients show. 404 is the engine's word for what is not there.
  answerJson(
    response,
    { message: status === 404 ? message : `the gate before the engine: ${message}` },
    status,
  );
}

function answerJson(response: ServerResponse, answer: unknown, status = 200): void {
  const body = JSON.stringify(answer);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
  });
  response.end(body);
}

import { Agent, request, WebSocket } from 'undici';

/** How the doctor comes in from outside. */
export interface PublicDoor {
  /** As people have it: `https://hub.example/jhub/`, a slash at the end. */
  readonly url: string;
  /** Host and port to connect to in its place, where the public one leads nowhere from in here; or null. */
  readonly instead: { readonly host: string; readonly port: number } | null;
}

/** What the hub's own echo saw of a request. */
export interface EchoSeen {
  readonly scheme: string;
  readonly address: string;
  readonly host: string;
}

const CONNECT_MS = 4000;

/** Certificates are another probe's affair: these two ask whether the way is open. */
function agentFor({ instead }: PublicDoor): Agent {
  return new Agent({
    connect: {
      rejectUnauthorized: false,
      timeout: CONNECT_MS,
      ...(instead === null
        ? {}
        : {
            lookup: (_host, options, found) => {
              const address = [{ address: instead.host, family: 4 }];
              if (options.all === true) found(null, address as never);
              else found(null, instead.host, 4);
            },
          }),
    },
    headersTimeout: CONNECT_MS,
  });
}

function atDoor({ url, instead }: PublicDoor, path: string): URL {
  const target = new URL(path, url);
  if (instead !== null) target.port = String(instead.port);
  return target;
}

/** One request to the hub's echo. @throws Error when it does not come through. */
export async function askEcho(door: PublicDoor, path: string, signal: AbortSignal): Promise<EchoSeen> {
  const dispatcher = agentFor(door);
  try {
    const headers = { host: new URL(door.url).host };
    const answer = await request(atDoor(door, path), { dispatcher, signal, headers });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`it was answered with ${answer.statusCode}`);
    const seen: unknown = JSON.parse(text);
    if (typeof seen !== 'object' || seen === null || !('scheme' in seen) || !('address' in seen)) {
      throw new Error('something else than this hub answered');
    }
    const { scheme, address } = seen;
    return {
      scheme: String(scheme),
      address: String(address),
      host: 'host' in seen ? String(seen.host) : '',
    };
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new Error('something else than this hub answered', { cause: error });
    throw error;
  } finally {
    await dispatcher.destroy();
  }
}

/** Sends a word over a WebSocket and answers how long it took to come back. @throws Error when it does not. */
export async function loopWebSocket(door: PublicDoor, path: string, signal: AbortSignal): Promise<number> {
  const dispatcher = agentFor(door);
  const url = atDoor(door, path);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const begun = performance.now();
  const socket = new WebSocket(url, { dispatcher, headers: { host: new URL(door.url).host } });
  try {
    return await new Promise<number>((resolve, reject) => {
      const word = `berth ${Math.random()}`;
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      socket.addEventListener('open', () => socket.send(word));
      socket.addEventListener('message', ({ data }) => {
        if (data === word) resolve(performance.now() - begun);
        else reject(new Error('another word came back'));
      });
      socket.addEventListener('error', (event) => reject(new Error(event.message || 'it was refused')));
      socket.addEventListener('close', () => reject(new Error('it was closed')));
    });
  } finally {
    socket.close();
    await dispatcher.destroy();
  }
}

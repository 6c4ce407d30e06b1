import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { Agent, buildConnector, type MessageEvent, WebSocket } from 'undici';
import { z } from 'zod';
import type { KernelWord } from '../../domain/ports.ts';

/** An idle kernel answers in milliseconds; on a crowded machine, or out of the swap, in seconds. */
const PATIENCE_MS = 5_000;
/**
 * Jupyter Server holds a first WebSocket to a kernel for up to a minute, until the kernel has said who it is. Who hangs
 * up meanwhile is counted as having left without having come: with a count of -1 it keeps no output any more for pages
 * that lose their line (2.15). So the hub stays until it is let in.
 */
const LET_IN_MS = 75_000;
/** For the other side to say goodbye. */
const GOODBYE_MS = 1_000;
/** Of all that comes before the answer, and of one message. An answer has two kilobytes. */
const ANSWER_BYTES = 1024 * 1024;

const reply = z.object({ channel: z.literal('shell'), parent_header: z.object({ msg_id: z.string() }) });

export interface Patience {
  readonly answer: number;
  readonly letIn: number;
}

/**
 * Asks a kernel over its shell channel who it is, which it does not answer while it executes. The question is
 * Jupyter's kernel_info_request, over the WebSocket that pages use, in its older protocol (text frames of JSON).
 *
 * `silent`: the server is there and nothing came in time, not even the word that the WebSocket is open.
 * `refused`: no WebSocket, or one that ended, or more than an answer can be. Never throws; redirects are not followed.
 *
 * @param base address and prefix of the server, `http://172.18.0.2:8888/user/alice/`.
 */
export async function askKernel(
  base: string,
  token: string,
  kernel: string,
  patience: Patience = { answer: PATIENCE_MS, letIn: LET_IN_MS },
): Promise<KernelWord> {
  const line = openLine(channelsOf(base, kernel), token);
  const { promise, resolve } = Promise.withResolvers<KernelWord>();
  const late = setTimeout(resolve, patience.answer, 'silent');
  listen(line.socket, resolve);
  const word = await promise;
  clearTimeout(late);
  hangUp(line, patience.letIn);
  return word;
}

interface Line {
  readonly socket: WebSocket;
  /** Ends it whatever the other side does. */
  readonly cut: () => void;
}

function channelsOf(base: string, kernel: string): string {
  // A session of its own: Jupyter puts out whoever has the same.
  const query = `session_id=${randomUUID()}&no_track_activity=1`;
  return `${base.replace(/^http/, 'ws')}api/kernels/${encodeURIComponent(kernel)}/channels?${query}`;
}

/** A dispatcher for itself, so that its one TCP socket is known: a WebSocket cannot be ended against the other side's will. */
function openLine(url: string, token: string): Line {
  const connect = buildConnector({ timeout: PATIENCE_MS });
  let tcp: Socket | null = null;
  const dispatcher = new Agent({
    webSocket: { maxPayloadSize: ANSWER_BYTES },
    connect: (options, callback) =>
      connect(options, (...[error, socket]) => {
        tcp = socket;
        if (error === null) callback(null, socket);
        else callback(error, null);
      }),
  });
  const socket = new WebSocket(url, { headers: { authorization: `token ${token}` }, dispatcher });
  const cut = () => {
    tcp?.destroy();
    dispatcher.destroy().catch(() => {});
  };
  return { socket, cut };
}

function listen(socket: WebSocket, say: (word: KernelWord) => void): void {
  const id = randomUUID();
  let bytes = 0;
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => socket.send(JSON.stringify(kernelInfoRequest(id))));
  socket.addEventListener('error', () => say('refused'));
  socket.addEventListener('close', () => say('refused'));
  socket.addEventListener('message', ({ data }: MessageEvent) => {
    bytes += typeof data === 'string' ? data.length : sizeOf(data);
    if (bytes > ANSWER_BYTES) say('refused');
    else if (typeof data === 'string' && parentOf(data) === id) say('answered');
  });
}

function sizeOf(data: unknown): number {
  return data instanceof ArrayBuffer ? data.byteLength : 0;
}

function parentOf(text: string): string | null {
  try {
    const read = reply.safeParse(JSON.parse(text));
    return read.success ? read.data.parent_header.msg_id : null;
  } catch {
    // No JSON is no answer: whoever waits for one waits on.
    return null;
  }
}

function hangUp({ socket, cut }: Line, letIn: number): void {
  const leave = () => {
    socket.close();
    const end = setTimeout(cut, GOODBYE_MS);
    socket.addEventListener('close', () => {
      clearTimeout(end);
      cut();
    });
  };
  if (socket.readyState === socket.OPEN) {
    leave();
    return;
  }
  if (socket.readyState !== socket.CONNECTING) {
    cut();
    return;
  }
  const end = setTimeout(cut, letIn);
  end.unref();
  const then = (next: () => void) => () => {
    clearTimeout(end);
    next();
  };
  socket.addEventListener('open', then(leave));
  socket.addEventListener('error', then(cut));
}

function kernelInfoRequest(id: string) {
  const header = {
    msg_id: id,
    msg_type: 'kernel_info_request',
    username: '',
    session: randomUUID(),
    version: '5.3',
    date: new Date().toISOString(),
  };
  return { header, parent_header: {}, metadata: {}, content: {}, buffers: [], channel: 'shell' };
}

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** An open notebook page's line to its kernel. */
export interface KernelChannel {
  /** Executes code and answers what it printed. @throws Error when the kernel says so, or nothing in time. */
  execute(code: string, ms?: number): Promise<string>;
  /** Whether the line is still open. */
  readonly open: boolean;
  close(): Promise<void>;
}

/** @param base address and prefix of the server, `http://127.0.0.1:8000/user/alice/`. */
export async function openChannel(base: string, token: string, kernel: string): Promise<KernelChannel> {
  const headers = { authorization: `token ${token}` };
  const url = `${base.replace('http', 'ws')}api/kernels/${kernel}/channels`;
  const socket = new WebSocket(url, { headers });
  const channel = speakOver(socket);
  await once(socket, 'open');
  return channel;
}

/** The same over a WebSocket that somebody else opens. */
export function speakOver(socket: WebSocket): KernelChannel {
  const listeners = new Set<(message: Message) => void>();
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as Message;
    for (const listener of listeners) listener(message);
  });
  socket.on('error', () => {});
  return {
    get open() {
      return socket.readyState === WebSocket.OPEN;
    },
    async execute(code, ms = 60_000) {
      const id = randomUUID();
      let printed = '';
      let listener = (_: Message) => {};
      let ended = () => {};
      const done = new Promise<string>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`no answer within ${ms} ms: ${code}`)), ms);
        ended = () => reject(new Error('the line was closed'));
        socket.once('close', ended);
        listener = (message) => {
          if (message.parent_header?.msg_id !== id) return;
          if (message.msg_type === 'stream') printed += message.content.text ?? '';
          if (message.msg_type === 'error') reject(new Error(message.content.evalue));
          const idle = message.msg_type === 'status' && message.content.execution_state === 'idle';
          if (!idle) return;
          clearTimeout(late);
          resolve(printed);
        };
      });
      listeners.add(listener);
      socket.send(JSON.stringify(executeRequest(id, code)));
      return done.finally(() => {
        listeners.delete(listener);
        socket.removeListener('close', ended);
      });
    },
    async close() {
      socket.close();
      if (socket.readyState !== WebSocket.CLOSED) await once(socket, 'close');
    },
  };
}

interface Message {
  readonly msg_type: string;
  readonly parent_header?: { readonly msg_id?: string };
  readonly content: {
    readonly text?: string;
    readonly evalue?: string;
    readonly execution_state?: string;
  };
}

/** Jupyter's message that executes code, as a page sends it. */
export function executeRequest(id: string, code: string) {
  const header = {
    msg_id: id,
    msg_type: 'execute_request',
    username: '',
    session: randomUUID(),
    version: '5.3',
    date: new Date(),
  };
  const content = { code, silent: false, store_history: false, user_expressions: {}, allow_stdin: false };
  return { header, parent_header: {}, metadata: {}, content, channel: 'shell' };
}

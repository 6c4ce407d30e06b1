import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A kernel of a real Jupyter Server, made and driven by its own API. */
export interface Kernel {
  readonly id: string;
  /** Sends code and hangs up as soon as the kernel says that it is busy: nobody watches it run. */
  executeUnwatched(code: string): Promise<void>;
  interrupt(): Promise<void>;
  /** Asks over the control channel, as resource monitors and debuggers do. */
  askOverControl(): Promise<void>;
  /** The server's one word for what it does. */
  word(): Promise<string>;
}

/** @param base address and prefix of the server, `http://172.18.0.2:8888/user/alice/`. */
export async function makeKernel(base: string, token: string): Promise<Kernel> {
  const headers = { authorization: `token ${token}` };
  const post = async (path: string) => {
    const response = await fetch(`${base}${path}`, { method: 'POST', headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? null : response.json();
  };
  const { id } = (await post('api/kernels')) as { id: string };
  return {
    id,
    executeUnwatched: async (code) => {
      const socket = new WebSocket(`${base.replace('http', 'ws')}api/kernels/${id}/channels`, { headers });
      await once(socket, 'open');
      const busy = new Promise<void>((resolve, reject) => {
        socket.on('error', reject);
        socket.on('message', (data) => {
          const { parent_header: parent, content } = JSON.parse(String(data));
          if (parent?.msg_type === 'execute_request' && content?.execution_state === 'busy') resolve();
        });
      });
      const poke = () =>
        socket.send(JSON.stringify({ ...message('kernel_info_request', {}), channel: 'shell' }));
      await settled(`${base}api/kernels/${id}`, headers, poke);
      socket.send(JSON.stringify(executeRequest(code)));
      await busy;
      socket.close();
      await once(socket, 'close');
    },
    word: async () => wordOf(`${base}api/kernels/${id}`, headers),
    askOverControl: async () => {
      const socket = new WebSocket(`${base.replace('http', 'ws')}api/kernels/${id}/channels`, { headers });
      await once(socket, 'open');
      const request = { ...message('usage_request', {}), channel: 'control' };
      const answered = new Promise<void>((resolve, reject) => {
        socket.on('error', reject);
        socket.on('message', (data) => {
          const { parent_header: parent, content } = JSON.parse(String(data));
          const ours = parent?.msg_id === request.header.msg_id;
          if (ours && content?.execution_state === 'idle') resolve();
        });
      });
      socket.send(JSON.stringify(request));
      await answered;
      socket.close();
      await once(socket, 'close');
    },
    interrupt: async () => {
      await post(`api/kernels/${id}/interrupt`);
    },
  };
}

/**
 * Waits until the server calls the kernel idle. On connecting the server pokes the kernel over two channels,
 * and the later answer's "idle" would overwrite the "busy" of a cell that was sent in between: nobody who
 * opens a notebook is that quick. A server that was not listening yet when the kernel said "idle" hears of it
 * only when it is asked something again, as every page does that connects.
 */
async function settled(url: string, headers: Record<string, string>, poke: () => void): Promise<void> {
  let word = '';
  for (let quiet = 0, looks = 1; quiet < 3; looks += 1) {
    if (looks > 150) throw new Error(`the kernel did not settle: ${word}`);
    word = await wordOf(url, headers);
    quiet = word === 'idle' ? quiet + 1 : 0;
    if (looks % 15 === 0 && quiet === 0) poke();
    await new Promise((later) => setTimeout(later, 200));
  }
}

async function wordOf(url: string, headers: Record<string, string>): Promise<string> {
  const kernel = (await (await fetch(url, { headers })).json()) as { execution_state: string };
  return kernel.execution_state;
}

function executeRequest(code: string) {
  const content = { code, silent: false, store_history: false, user_expressions: {}, allow_stdin: false };
  return { ...message('execute_request', content), channel: 'shell' };
}

function message(type: string, content: Readonly<Record<string, unknown>>) {
  const header = {
    msg_id: randomUUID(),
    msg_type: type,
    username: '',
    session: randomUUID(),
    version: '5.3',
    date: new Date(),
  };
  return { header, parent_header: {}, metadata: {}, content };
}

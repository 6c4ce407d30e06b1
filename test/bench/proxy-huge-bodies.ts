import { request } from 'node:http';
import { finished } from 'node:stream/promises';
import { type Contender, forgetHighest, memoryMb, type Stage } from './proxy-contenders.ts';
import { claim, say } from './proxy-figures.ts';

const GIGABYTES = 10;
const BYTES = GIGABYTES * 1024 ** 3;
const PIECE = Buffer.alloc(1 << 18);

/** 10 GB in one body, down and up: how much memory does the proxy need meanwhile? */
export async function benchHugeBodies(stage: Stage): Promise<void> {
  const berth = stage.contenders.find(({ name }) => name === 'berth');
  if (berth === undefined) return;
  say(`\n${GIGABYTES} GB in one body`);
  for (const [way, carry] of [
    ['download', download],
    ['upload', upload],
  ] as const) {
    forgetHighest(berth.pid);
    const begun = performance.now();
    const bytes = await carry(berth);
    if (bytes !== BYTES) throw new Error(`${way}: ${bytes} bytes arrived`);
    const seconds = (performance.now() - begun) / 1000;
    say(`  ${way}: ${((GIGABYTES * 1024) / seconds).toFixed(0)} MB/s`);
    claim(`highest resident memory in a ${way} of 10 GB, MB`, memoryMb(berth.pid, 'VmHWM'), '<=', 120);
  }
}

async function download({ port }: Contender): Promise<number> {
  const asked = request({ host: '127.0.0.1', port, path: `/user/sink/zeros?${BYTES}`, agent: false }).end();
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) =>
    asked.on('response', resolve).on('error', reject),
  );
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  await finished(response);
  return bytes;
}

/** Answers how many bytes the server says that it got. */
async function upload({ port }: Contender): Promise<number> {
  const headers = { 'Content-Length': BYTES };
  const sent = request({
    host: '127.0.0.1',
    port,
    path: '/user/sink/file',
    method: 'PUT',
    agent: false,
    headers,
  });
  const answer = new Promise<string>((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    });
  });
  for (let left = BYTES; left > 0; left -= PIECE.length) {
    if (!sent.write(PIECE)) await new Promise((resolve) => sent.once('drain', resolve));
  }
  sent.end();
  return Number(await answer);
}

import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { addRoute, httpServer, proxyWith } from './harness.ts';

const SIZE = 200 * 1024 * 1024;

/** Bytes that differ everywhere, so that a piece that is lost, freed too early or doubled is seen. */
function* pattern(): Generator<Buffer> {
  for (let at = 0; at < SIZE; at += 1 << 20)
    yield Buffer.alloc(1 << 20, createHash('sha256').update(String(at)).digest());
}

const expected = createHash('sha256');
for (const piece of pattern()) expected.update(piece);
const digest = expected.digest('hex');

describe('a body of 200 MB', () => {
  it.each([
    ['download', 'counted'],
    ['download', 'chunked'],
    ['upload', 'counted'],
    ['upload', 'chunked'],
  ])(
    'as a %s, %s, is never held in memory, and changes no byte',
    { timeout: 60_000 },
    async (way, framing) => {
      const proxy = await proxyWith();
      const server = await httpServer((incoming, outgoing) => {
        const hash = createHash('sha256');
        incoming.on('data', (chunk) => hash.update(chunk));
        incoming.on('end', () => {
          if (way === 'upload') outgoing.end(hash.digest('hex'));
          else void write(outgoing);
        });
        if (framing === 'counted' && way === 'download') outgoing.setHeader('Content-Length', SIZE);
      });
      addRoute(proxy, '/a', server.url);
      let highest = 0;
      const sampler = setInterval(() => {
        highest = Math.max(highest, process.memoryUsage().arrayBuffers);
      }, 5);
      const before = process.memoryUsage().arrayBuffers;
      const seen = await new Promise<string>((resolve, reject) => {
        const headers =
          way === 'upload'
            ? framing === 'counted'
              ? { 'content-length': SIZE }
              : { 'transfer-encoding': 'chunked' }
            : {};
        const sent = request(
          {
            host: '127.0.0.1',
            port: proxy.publicPort,
            path: '/a',
            method: way === 'upload' ? 'PUT' : 'GET',
            headers,
            agent: false,
          },
          (response) => {
            const hash = createHash('sha256');
            let text = '';
            response.on('data', (chunk) => {
              if (way === 'upload') text += chunk;
              else hash.update(chunk);
            });
            response.on('end', () => resolve(way === 'upload' ? text : hash.digest('hex')));
            response.on('error', reject);
          },
        );
        sent.on('error', reject);
        if (way === 'upload') void write(sent);
        else sent.end();
      });
      clearInterval(sampler);
      expect(seen).toBe(digest);
      // Client, server and proxy share this process; all of them together stay far below the body.
      expect(highest - before).toBeLessThan(120 * 1024 * 1024);
    },
  );
});

async function write(sink: NodeJS.WritableStream): Promise<void> {
  for (const piece of pattern()) {
    if (!sink.write(piece)) await new Promise((resolve) => sink.once('drain', resolve));
  }
  sink.end();
}

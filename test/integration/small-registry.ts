import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

/** How the registry behaves towards an image's name. */
export type Mood = 'serves' | 'unknown' | 'denies' | 'other-machine' | 'silent';

/** A registry of the distribution protocol on loopback, with one image of a few megabytes that nobody can compress. */
export interface SmallRegistry {
  /** Reference of an image with a mood: `127.0.0.1:4321/serves:1`. */
  reference(mood: Mood): string;
  /** How often the layer was asked for. */
  readonly layerRequests: number;
  /** How often the layer went out to its end. */
  readonly layersServed: number;
  /** Has another image under the same names from now on. */
  renew(): void;
  close(): Promise<void>;
}

const TYPE = {
  manifest: 'application/vnd.docker.distribution.manifest.v2+json',
  list: 'application/vnd.docker.distribution.manifest.list.v2+json',
  config: 'application/vnd.docker.container.image.v1+json',
  layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
};
const LAYER_BYTES = 2_000_000;
const PIECES = 20;
const PIECE_PAUSE_MS = 60;

export async function openRegistry(): Promise<SmallRegistry> {
  let image = makeImage();
  let [layerRequests, layersServed] = [0, 0];
  const server = createServer((request, response) => {
    const mood = (request.url ?? '').split('/')[2] as Mood | '';
    if ((request.url ?? '').includes(image.layer.digest)) layerRequests += 1;
    const served = () => {
      layersServed += 1;
    };
    answer({ image, mood, served }, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    reference: (mood) => `127.0.0.1:${address.port}/${mood}:1`,
    get layerRequests() {
      return layerRequests;
    },
    get layersServed() {
      return layersServed;
    },
    renew() {
      image = makeImage();
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

type Image = ReturnType<typeof makeImage>;

interface Wish {
  readonly image: Image;
  readonly mood: Mood | '';
  readonly served: () => void;
}

async function answer({ image, mood, served }: Wish, request: IncomingMessage, response: ServerResponse) {
  const url = request.url ?? '';
  response.setHeader('Docker-Distribution-Api-Version', 'registry/2.0');
  if (mood === '') return response.end('{}');
  if (mood === 'silent') return;
  if (mood === 'unknown') return refuse(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  if (mood === 'denies') return refuse(response, 403, 'DENIED', 'requested access to the resource is denied');
  if (url.includes('/manifests/')) {
    return send(response, mood === 'other-machine' ? image.list : image.manifest);
  }
  if (url.endsWith(image.config.digest)) return send(response, image.config);
  if (!url.endsWith(image.layer.digest)) return refuse(response, 404, 'BLOB_UNKNOWN', 'blob unknown');
  response.setHeader('Content-Length', image.layer.bytes.length);
  const piece = Math.ceil(image.layer.bytes.length / PIECES);
  for (let at = 0; at < image.layer.bytes.length; at += piece) {
    response.write(image.layer.bytes.subarray(at, at + piece));
    await sleep(PIECE_PAUSE_MS);
  }
  if (!response.destroyed) served();
  response.end();
}

function send(response: ServerResponse, blob: { type: string; digest: string; bytes: Buffer }) {
  response.setHeader('Content-Type', blob.type);
  response.setHeader('Docker-Content-Digest', blob.digest);
  response.setHeader('Content-Length', blob.bytes.length);
  response.end(blob.bytes);
}

function refuse(response: ServerResponse, status: number, code: string, message: string) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ code, message }] }));
}

function makeImage() {
  const tar = oneFileTar('random', randomBytes(LAYER_BYTES));
  const layer = blob(TYPE.layer, gzipSync(tar));
  const config = blob(
    TYPE.config,
    JSON.stringify({
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      os: 'linux',
      config: { Cmd: ['/random'] },
      rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
      history: [{ created_by: 'test' }],
    }),
  );
  const part = ({ type, digest, bytes }: ReturnType<typeof blob>) => ({
    mediaType: type,
    size: bytes.length,
    digest,
  });
  const manifest = blob(
    TYPE.manifest,
    JSON.stringify({
      schemaVersion: 2,
      mediaType: TYPE.manifest,
      config: part(config),
      layers: [part(layer)],
    }),
  );
  const elsewhere = { ...part(manifest), platform: { architecture: 's390x', os: 'linux' } };
  const list = blob(
    TYPE.list,
    JSON.stringify({ schemaVersion: 2, mediaType: TYPE.list, manifests: [elsewhere] }),
  );
  return { layer, config, manifest, list };
}

function blob(type: string, content: string | Buffer) {
  const bytes = Buffer.from(content);
  return { type, bytes, digest: digestOf(bytes) };
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** A tar archive of one file, as POSIX has it; without its end, others may follow. */
export function oneFileTar(name: string, content: Buffer, end = true): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000755\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return Buffer.concat([header, content, padding, Buffer.alloc(end ? 1024 : 0)]);
}

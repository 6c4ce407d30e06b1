import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';

const PREFIX = '/.well-known/acme-challenge/';
/** RFC 8555 §8.3: base64url letters. Nothing in it can lead out of the folder. */
const TOKEN = /^[A-Za-z0-9_-]{1,256}$/;
const MOST_BYTES = 4096;

/**
 * Answers the question by which a certificate authority finds out whether a host is this machine, from the files that
 * its client has put below `folder`. False when the request is about something else.
 */
export function answerChallenge(folder: string, url: string, response: ServerResponse): boolean {
  if (!url.startsWith(PREFIX)) return false;
  const token = url.slice(PREFIX.length);
  if (!TOKEN.test(token)) {
    refuse(response);
    return true;
  }
  readFile(join(folder, PREFIX, token)).then(
    (answer) => {
      if (answer.length > MOST_BYTES) return refuse(response);
      response
        .writeHead(200, {
          'Content-Type': 'application/octet-stream',
          'Content-Length': String(answer.length),
        })
        .end(answer);
    },
    () => refuse(response),
  );
  return true;
}

function refuse(response: ServerResponse): void {
  response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is no such challenge.\n');
}

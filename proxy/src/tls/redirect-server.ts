import { createServer, type Server } from 'node:http';
import { hostName } from '../options/host-name.ts';
import { answerChallenge } from './acme-challenge.ts';

const HOST_NAME = /^(?:[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])$/;

/**
 * Answers plain HTTP with the same address under HTTPS at `port`; the questions of certificate authorities from the
 * folder `challenges`, if there is one.
 */
export function redirectServer(port: number, challenges?: string): Server {
  return createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 10_000 }, (request, response) => {
    const host = hostName(request.headers.host);
    const url = request.url ?? '/';
    if (challenges !== undefined && answerChallenge(challenges, url, response)) return;
    if (!HOST_NAME.test(host) || !url.startsWith('/')) {
      response
        .writeHead(400, { 'Content-Type': 'text/plain' })
        .end('This port only leads to HTTPS, and the request does not say to which host.\n');
      return;
    }
    response
      .writeHead(301, {
        Location: `https://${host}${port === 443 ? '' : `:${port}`}${url}`,
        'Content-Length': '0',
      })
      .end();
  });
}

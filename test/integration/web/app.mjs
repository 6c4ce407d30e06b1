// A web application as people bring them: HTTP and WebSockets, nothing of Jupyter. It tells what it saw.
import { createServer } from 'node:http';

/** Mounted into the container; here is nothing of that name. */
const LIBRARY = '/opt/ws/wrapper.mjs';
const { WebSocketServer } = await import(LIBRARY);
const { DOOR_TOKEN, BERTH_PORT = '9000' } = process.env;
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => /^(?:BERTH|JUPYTERHUB|JPY|SAID)/.test(name)),
);

/** As a program that is told of its token does: without it nobody is let in, whoever they say they are. */
const isStranger = ({ headers }) => DOOR_TOKEN !== undefined && headers['x-door-token'] !== DOOR_TOKEN;

const server = createServer((request, response) => {
  if (isStranger(request)) return response.writeHead(401).end('who are you?');
  if (request.url.endsWith('/away')) return response.writeHead(302, { location: '/elsewhere' }).end();
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ url: request.url, headers: request.headers, environment }));
});
const sockets = new WebSocketServer({ noServer: true });
server.on('upgrade', (request, socket, head) => {
  if (isStranger(request)) return socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
  sockets.handleUpgrade(request, socket, head, (peer) => {
    peer.on('message', (text) => peer.send(`${request.headers['x-forwarded-user']}: ${text}`));
  });
});
server.listen(Number(BERTH_PORT), '0.0.0.0', () => console.log('listening'));

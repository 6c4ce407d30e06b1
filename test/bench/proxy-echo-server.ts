// Upstream of the proxy bench: after an upgrade it echoes raw bytes; a request's body is swallowed and counted; a
// request for /zeros?<bytes> gets as many.
import { createServer, type ServerResponse } from 'node:http';
import { fillsItsMemory, freeing } from '../../proxy/src/http/free-chunk.ts';

const server = createServer({ requestTimeout: 0 }, (request, response) => {
  const zeros = /\/zeros\?(\d+)$/.exec(request.url ?? '');
  if (zeros !== null) {
    response.setHeader('Content-Length', Number(zeros[1]));
    writeZeros(response, Number(zeros[1]));
    return;
  }
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  request.on('end', () => response.end(String(bytes)));
});
server.on('upgrade', (_, socket) => {
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
  );
  // Without a care for its garbage the echo would cost more than what is measured, and hide it.
  socket.on('data', (chunk: Buffer) => socket.write(chunk, freeing(chunk, fillsItsMemory(chunk))));
  socket.on('end', () => socket.end());
  socket.on('error', () => socket.destroy());
});
server.listen(Number(process.argv[2]), '127.0.0.1', 8192);

const PIECE = Buffer.alloc(1 << 18);

function writeZeros(response: ServerResponse, left: number): void {
  let rest = left;
  while (rest > 0) {
    const piece = rest < PIECE.length ? PIECE.subarray(0, rest) : PIECE;
    rest -= piece.length;
    if (response.write(piece)) continue;
    response.once('drain', () => writeZeros(response, rest));
    return;
  }
  response.end();
}

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PREFIX } from './images-house.ts';

const run = promisify(execFile);
const ECHO_IMAGE = 'berth-test-websocket-app';

/** One page, whose script says the visitor's name over a WebSocket and shows what comes back. */
const APP = `
import asyncio, base64, hashlib, os
PAGE = b"""<!doctype html><title>Echo</title><p id=told>...</p><script>
const socket = new WebSocket(new URL('socket', location.href).href.replace(/^http/, 'ws'));
socket.onopen = () => socket.send('hello from ' + NAME);
socket.onmessage = ({ data }) => { document.getElementById('told').textContent = 'told back: ' + data; };
</script>"""
async def serve(reader, writer):
    head = (await reader.readuntil(b"\\r\\n\\r\\n")).decode("latin-1")
    lines = head.split("\\r\\n")
    fields = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}
    if fields.get("upgrade", "").lower() == "websocket":
        mark = fields["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accept = base64.b64encode(hashlib.sha1(mark.encode()).digest()).decode()
        writer.write(f"HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: {accept}\\r\\n\\r\\n".encode())
        _, size = await reader.readexactly(2)
        mask = await reader.readexactly(4)
        told = bytes(b ^ mask[i % 4] for i, b in enumerate(await reader.readexactly(size & 127)))
        writer.write(bytes([0x81, len(told)]) + told)
        await writer.drain()
        await reader.read()
    else:
        name = fields.get("x-forwarded-user", "nobody")
        body = PAGE.replace(b"NAME", repr(name).encode())
        writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\nConnection: close\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(body) + body)
    await writer.drain()
    writer.close()
async def main():
    async with await asyncio.start_server(serve, "0.0.0.0", 9000) as server:
        await server.serve_forever()
asyncio.run(main())
`;

/** Builds the image of a web application that nobody made for Berth; answers its profile. */
export async function echoApp(): Promise<unknown> {
  const directory = await mkdtemp(join(tmpdir(), 'berth-websocket-'));
  try {
    await writeFile(join(directory, 'app.py'), APP, { mode: 0o644 });
    const dockerfile = `FROM ${PREFIX}code-server\nCOPY app.py /srv/app.py\nENTRYPOINT []\nCMD ["python3", "/srv/app.py"]\n`;
    await writeFile(join(directory, 'Dockerfile'), dockerfile);
    await run('docker', ['build', '-q', '-t', ECHO_IMAGE, directory], { timeout: 300_000 });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return {
    display_name: 'Echo',
    slug: 'echo',
    kind: 'web',
    port: 9000,
    strip_prefix: true,
    kubespawner_override: { image: ECHO_IMAGE, image_pull_policy: 'Never' },
  };
}

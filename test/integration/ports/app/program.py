"""A program such as people run beside their notebooks: it knows no prefix and listens on the loopback only."""
import asyncio
import hashlib
import json
import socket
import sys

from tornado import web, websocket


class Echo(web.RequestHandler):
    def get(self):
        self.set_header("Content-Type", "application/json")
        body = {"url": self.request.uri, "headers": dict(self.request.headers), "on": self.settings["on"]}
        self.finish(json.dumps(body))


class Redirect(web.RequestHandler):
    def get(self):
        self.set_header("Set-Cookie", "seen=1; Path=/")
        self.redirect("/landed?x=1")


@web.stream_request_body
class Digest(web.RequestHandler):
    def prepare(self):
        self.request.connection.set_max_body_size(1 << 30)
        self.sum, self.size = hashlib.sha256(), 0

    def data_received(self, chunk):
        self.sum.update(chunk)
        self.size += len(chunk)

    def post(self):
        self.finish({"sha256": self.sum.hexdigest(), "size": self.size})


class Big(web.RequestHandler):
    async def get(self):
        for at in range(int(self.get_argument("mb"))):
            self.write(bytes([at % 251]) * 1_000_000)
            await self.flush()


class Begin(web.RequestHandler):
    """Another program comes up when somebody says so, and not before."""

    def get(self):
        app("late").listen(5002, "127.0.0.1")
        self.finish("it comes up")


class Talk(websocket.WebSocketHandler):
    def open(self):
        self.write_message("from " + str(self.request.headers.get("X-Forwarded-User")))

    def on_message(self, message):
        self.write_message(message, binary=isinstance(message, bytes))


def app(on):
    rooms = [("/go", Redirect), ("/digest", Digest), ("/big", Big), ("/talk", Talk)]
    rooms += [("/begin", Begin), ("/.*", Echo)]
    return web.Application(rooms, on=on)


async def main():
    app("loopback").listen(5000, "127.0.0.1")
    app("own address").listen(5001, socket.gethostbyname(socket.gethostname()))
    print("programs listen", flush=True)
    await asyncio.Event().wait()


try:
    asyncio.run(main())
except KeyboardInterrupt:
    sys.exit(0)

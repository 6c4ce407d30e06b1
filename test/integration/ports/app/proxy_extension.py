"""As much of jupyter-server-proxy as tells that a notebook leads to its ports by itself: its list and its addresses."""
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web


class ServersInfo(JupyterHandler):
    @web.authenticated
    def get(self):
        self.finish({"server_processes": []})


class Port(JupyterHandler):
    @web.authenticated
    def get(self, port, path):
        self.finish({"by": "the notebook", "port": port, "path": path, "query": self.request.query})


def _load_jupyter_server_extension(app):
    base = app.web_app.settings["base_url"]
    rooms = [("server-proxy/servers-info", ServersInfo), (r"proxy/(\d+)(/.*|)", Port)]
    app.web_app.add_handlers(".*", [(url_path_join(base, path), room) for path, room in rooms])


load_jupyter_server_extension = _load_jupyter_server_extension


def _jupyter_server_extension_points():
    return [{"module": "proxy_extension"}]

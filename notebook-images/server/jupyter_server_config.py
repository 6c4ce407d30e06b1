# What a plain Jupyter server is told by its environment. Nothing of it stands on a command line, where neighbours could
# read it.
#
# JUPYTERHUB_SERVICE_PREFIX  the path under which it stands; / when nobody says
# JUPYTERHUB_DEFAULT_URL     where / leads: /lab or /tree
# JUPYTER_PORT               8888
# DOOR_TOKEN                  a secret that Berth's proxy brings in the header X-Door-Token: who comes by the proxy is asked
#                            nothing more, and a neighbour on the notebooks' network is not let in
# JUPYTER_TOKEN, JUPYTER_TOKEN_FILE   the token (read by Jupyter itself); absent: DOOR_TOKEN, or a random one, in the log
# JUPYTER_PASSWORD_HASH      a password besides, as `jupyter server password` writes it
import hmac
import os

from jupyter_server.auth.identity import PasswordIdentityProvider


SECRET = os.environ.pop("DOOR_TOKEN", "")


class BehindTheProxy(PasswordIdentityProvider):
    def get_token(self, handler):
        given = handler.request.headers.get("X-Door-Token", "")
        if SECRET and hmac.compare_digest(given.encode(), SECRET.encode()):
            return self.token
        return super().get_token(handler)


c = get_config()  # noqa: F821
c.ServerApp.ip = "0.0.0.0"
c.ServerApp.port = int(os.environ.get("JUPYTER_PORT", "8888"))
c.ServerApp.port_retries = 0
c.ServerApp.open_browser = False
c.ServerApp.base_url = os.environ.get("JUPYTERHUB_SERVICE_PREFIX") or "/"
c.ServerApp.default_url = os.environ.get("JUPYTERHUB_DEFAULT_URL") or "/lab"
c.ServerApp.root_dir = os.environ.get("NOTEBOOK_DIR") or os.path.expanduser("~/work")
# JupyterLab's and the classic notebook's pages.
c.ServerApp.jpserver_extensions = {"jupyterlab": True, "nbclassic": True}
c.ServerApp.identity_provider_class = BehindTheProxy
if SECRET and not (os.environ.get("JUPYTER_TOKEN") or os.environ.get("JUPYTER_TOKEN_FILE")):
    c.IdentityProvider.token = SECRET
if os.environ.get("JUPYTER_PASSWORD_HASH"):
    c.PasswordIdentityProvider.hashed_password = os.environ["JUPYTER_PASSWORD_HASH"]

import json
import os
import sys

c = get_config()  # noqa: F821
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.spawner_class = "simple"
c.JupyterHub.hub_ip = "0.0.0.0"
c.JupyterHub.allow_named_servers = True
c.JupyterHub.named_server_limit_per_user = 2
c.JupyterHub.cleanup_servers = True
c.Spawner.cmd = ["python3", "/srv/notebook.py"]
c.Authenticator.allow_all = True
c.Authenticator.admin_users = {"mary"}
shared = json.loads(os.environ["CONFORMANCE"])
c.JupyterHub.services = shared["services"]
c.JupyterHub.load_roles = shared["roles"]
if "CROWD" in os.environ:
    sys.path.insert(0, "/srv")
    import crowd

    c.JupyterHub.cleanup_servers = False
    c.JupyterHub.spawner_class = crowd.Standing
    crowd.fill("sqlite:///jupyterhub.sqlite", json.loads(os.environ["CROWD"]))

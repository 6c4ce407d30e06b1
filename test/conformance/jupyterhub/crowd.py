"""Fills the real JupyterHub's database before it starts, for the bench: accounts, a token each, running servers."""

import hashlib
import os
import subprocess

from jupyterhub import orm, roles
from jupyterhub.spawner import Spawner
from sqlalchemy import text

PORT = 9000


class Standing(Spawner):
    """A server that runs and goes on running: the bench asks the hub, not what stands behind it."""

    async def start(self):
        return ("127.0.0.1", PORT)

    async def poll(self):
        return None

    async def stop(self, now=False):
        pass


def word_of(name):
    """A token's word: as random in its first letters, by which JupyterHub finds it, as those it makes itself."""
    return hashlib.sha256(f"bench {name}".encode()).hexdigest()[:32]


def fill(url, crowd):
    answer = {**os.environ, "JUPYTERHUB_SERVICE_URL": f"http://127.0.0.1:{PORT}/"}
    subprocess.Popen(["python3", "/srv/notebook.py"], env=answer)
    db = orm.new_session_factory(url)()
    # Here only: each token is a commit of its own, and nobody needs them if the power goes.
    db.execute(text("PRAGMA synchronous=OFF"))
    for role in roles.get_default_roles():
        roles.create_role(db, role)
    db.add(orm.OAuthClient(identifier="jupyterhub", description="JupyterHub", allowed_scopes=[]))
    names = [f"user{n}" for n in range(crowd["users"])]
    for n, name in enumerate([*names, "mary"]):
        user = orm.User(name=name, admin=name == "mary")
        db.add(user)
        db.flush()
        roles.assign_default_roles(db, entity=user)
        if n < crowd["running"]:
            server = orm.Server(proto="http", ip="127.0.0.1", port=PORT, base_url=f"/user/{name}/")
            now = orm.utcnow(with_tz=False)
            db.add(orm.Spawner(name="", user=user, server=server, state={}, started=now, last_activity=now))
    db.commit()
    for user in db.query(orm.User).all():
        user.new_api_token(token=word_of(user.name), generated=True, note="bench")
    db.close()

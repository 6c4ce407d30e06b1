"""Fills a database with JupyterHub's own code, as a hub would have: run in an image that has JupyterHub, 3.0 or later.

Prints the words of the tokens, which the database does not hold.
"""

import json
import sys

from jupyterhub import orm, roles
from jupyterhub._version import __version__

path, suffix = sys.argv[1:3]
db = orm.new_session_factory(f"sqlite:///{path}")()
for role in roles.get_default_roles():
    roles.create_role(db, role)
roles.create_role(db, {"name": "grader", "description": "Grades", "scopes": ["list:users"]})
db.add(orm.OAuthClient(identifier="jupyterhub", description="JupyterHub"))
lab = orm.Group(name="former-lab")
db.add(lab)
people = {}
for name, admin in (("anna", True), ("ben.b", False), ("Carl", False)):
    user = orm.User(name=f"{name}-{suffix}", admin=admin)
    db.add(user)
    db.flush()
    roles.assign_default_roles(db, entity=user)
    people[name] = user
lab.users.append(people["ben.b"])
db.commit()
spawner = orm.Spawner(name="", user=people["anna"], state={"object_name": f"jupyter-anna-2d{suffix}"})
db.add(spawner)
db.commit()
words = {
    "generated": people["anna"].new_api_token(note="a script"),
    "chosen": people["ben.b"].new_api_token(token=f"a-word-of-ben-s-own-{suffix}", note="chosen", generated=False),
    "expired": people["ben.b"].new_api_token(note="for a second", expires_in=1),
    "limited": people["anna"].new_api_token(note="reads only", scopes=["read:users"]),
    "server": people["anna"].new_api_token(note="Server at /user/anna/"),
}
db.commit()
db.close()
print(json.dumps({"version": __version__, "words": words}))

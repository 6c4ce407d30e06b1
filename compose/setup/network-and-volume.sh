#!/usr/bin/env bash
# Makes the notebooks' network and the hub's data volume when they are missing. Both are external in compose.yaml:
# whoever comes from jupyterhub-deploy-docker keeps theirs, and `make down` never takes them away.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"

network=$(setting DOCKER_NETWORK_NAME jupyterhub-network)
volume=$(setting DATA_VOLUME_HOST jupyterhub-data)
if overlay swarm; then
  "$here/overlay-network.sh" "$network"
elif docker network inspect "$network" >/dev/null 2>&1; then
  say "network $network: there."
else
  docker network create --label "$LABEL=$(instance)" "$network" >/dev/null ||
    fail "The network $network could not be made." "'docker network ls' shows what is there; 'docker network prune' removes unused ones."
  say "network $network: made."
fi
if docker volume inspect "$volume" >/dev/null 2>&1; then
  say "volume $volume: there."
else
  docker volume create --label "$LABEL=$(instance)" "$volume" >/dev/null ||
    fail "The volume $volume could not be made." "'docker volume ls' shows what is there."
  say "volume $volume: made."
fi

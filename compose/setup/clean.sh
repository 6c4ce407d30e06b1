#!/usr/bin/env bash
# `make clean`: removes what this Berth made on the engine: containers, network, and, after asking, volumes with people's
# files. Only what carries its label, nothing else's. YES=1 answers for scripts. Images stay, because a second Berth on the
# engine runs on the same ones; IMAGES=1 removes them too.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
. "$here/catalogue.sh"

label=$LABEL=$(instance)
network=$(setting DOCKER_NETWORK_NAME jupyterhub-network)
if overlay swarm; then
  mapfile -t servers < <(docker service ls -q --filter "label=$label")
else
  mapfile -t servers < <(docker ps -aq --filter "label=$label")
fi
mapfile -t volumes < <(docker volume ls -q --filter "label=$label")

if [ ${#volumes[@]} -gt 0 ]; then
  say "these volumes, with all files in them, would be lost for good:"
  printf '         %s\n' "${volumes[@]}"
else
  say 'no volume carries the label of this Berth; none is lost.'
fi
say "and hub, proxy and notebook servers: ${#servers[@]}. .env, secrets/ and userlist stay${IMAGES:+, images go}."
if [ -z "${YES:-}" ]; then
  [ -t 0 ] || fail 'Nobody is here to ask.' "In a script say it beforehand: make clean YES=1"
  read -r -p "Type 'yes' to remove all of it: " answer
  [ "$answer" = yes ] || fail 'Nothing was removed.' "Type exactly 'yes' when you mean it."
fi

"$here/compose.sh" down --volumes --remove-orphans
if overlay swarm; then
  [ ${#servers[@]} -eq 0 ] || docker service rm "${servers[@]}" >/dev/null
  mapfile -t left < <(docker secret ls -q --filter "label=$label")
  [ ${#left[@]} -eq 0 ] || docker secret rm "${left[@]}" >/dev/null
  say "volumes on other machines of the Swarm stay: there 'docker volume ls --filter label=$label' names them."
else
  [ ${#servers[@]} -eq 0 ] || docker rm -f "${servers[@]}" >/dev/null
fi
[ ${#volumes[@]} -eq 0 ] || docker volume rm "${volumes[@]}" >/dev/null
if [ "$(docker network inspect -f '{{index .Labels "'"$LABEL"'"}}' "$network" 2>/dev/null)" = "$(instance)" ]; then
  docker network rm "$network" >/dev/null || say "network $network stays: something else is on it."
fi
if [ -n "${IMAGES:-}" ]; then
  mapfile -t images < <({ catalogue_ids; own_ids; } | sed "s/^/$NOTEBOOK_PREFIX/")
  for image in "$(setting BERTH_IMAGE berth:latest)" "$(setting BERTH_PROXY_IMAGE berth-proxy:latest)" berth:before-upgrade berth-proxy:before-upgrade berth-nginx:latest berth-apache:latest berth-acme:latest "${images[@]}"; do
    ! docker image inspect "$image" >/dev/null 2>&1 || docker image rm "$image" >/dev/null || say "image $image stays: something runs on it."
    "$here/remove-stages.sh" "$image" 1
  done
fi
say 'clean.'

#!/usr/bin/env bash
# `make status`: what runs, how it is, where it is reached.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"

command -v docker >/dev/null 2>&1 || fail 'There is no Docker on this machine.' "'make up' sets everything up."
timeout 15 docker version >/dev/null 2>&1 || fail 'The Docker Engine does not answer.' "'make up' starts it."
for service in proxy hub; do
  line=$(docker ps -a --filter "label=com.docker.compose.project=$(instance)" --filter "label=com.docker.compose.service=$service" --format '{{.Status}}' | sed -n 1p)
  printf '%-10s %s\n' "$service" "${line:-not there}"
done
printf '%-10s %s running\n' notebooks "$(docker ps -q --filter "label=$LABEL=$(instance)" --filter label=org.berth.user | wc -l)"
docker ps --filter "label=$LABEL=$(instance)" --filter label=org.berth.user --format '{{.Names}}  {{.Status}}' | sed 's/^/             /'
printf '%-10s %s/\n' address "$("$here/address.sh")"

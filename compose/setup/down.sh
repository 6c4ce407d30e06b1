#!/usr/bin/env bash
# `make down`: hub and proxy go; people's servers go on computing, and the next `make up` finds them. ALL=1 stops them too.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"

"$here/compose.sh" down --remove-orphans
mapfile -t all < <(docker ps -q --filter "label=$LABEL=$(instance)")
# What leads to servers' ports has the label of Berth too, and is nobody's server.
mapfile -t servers < <(servers_of -q)
if [ ${#servers[@]} -eq 0 ]; then
  say 'down. No notebook server was running.'
elif [ -n "${ALL:-}" ]; then
  say "stopping notebook servers: ${#servers[@]}."
  if overlay swarm; then
    docker service rm "${servers[@]}" >/dev/null
  else
    docker stop -t 20 "${all[@]}" >/dev/null
  fi
  say 'down, with all notebook servers. Files stay in their volumes.'
else
  say "down. Notebook servers that go on running: ${#servers[@]}. 'make up' finds them again; 'make down ALL=1' stops them too."
fi

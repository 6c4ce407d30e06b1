#!/usr/bin/env bash
# `make status`: what runs, how it is, where it is reached.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"

command -v docker >/dev/null 2>&1 || fail 'There is no Docker on this machine.' "'make up' sets everything up."
timeout 15 docker version >/dev/null 2>&1 || fail 'The Docker Engine does not answer.' "'make up' starts it."
for service in proxy hub; do
  line=$(containers_of "$service" -a --format '{{.Status}}' | sed -n 1p)
  printf '%-10s %s\n' "$service" "${line:-not there}"
done
printf '%-10s %s running\n' notebooks "$(servers_of -q | wc -l)"
if overlay swarm; then
  servers_of --format '{{.Name}}  {{.Replicas}}' | sed 's/^/             /'
  printf '%-10s %s\n' machines "$(docker node ls --format '{{.Hostname}} ({{.Status}} {{.Availability}})' | paste -sd, | sed 's/,/, /g')"
else
  servers_of --format '{{.Names}}  {{.Status}}' | sed 's/^/             /'
fi
printf '%-10s %s/\n' address "$("$here/address.sh")"

#!/usr/bin/env bash
# support-bundle.sh [FILE]: what whoever helps wants to see, in one archive: versions, what doctor says, the configuration with
# secrets masked, states, the last lines of the logs. Works, with less in it, also when the hub does not run.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/voice.sh"
. "$here/settings.sh"
cd "$ROOT"

file=${1:-berth-support-$(date +%Y%m%d-%H%M%S).tar.gz}
[ ! -e "$file" ] || fail "$file is there already, and is left as it is." 'Choose another name.'
image=$(setting BERTH_IMAGE berth:latest)
docker image inspect "$image" >/dev/null 2>&1 || fail "The image $image is not on this engine, and it is what takes secrets out." 'make up builds it.'
umask 077
mkdir -p "$BUILD_DIR"
work=$(mktemp -d "$BUILD_DIR/support.XXXXXX")
trap 'rm -rf "$work"' EXIT
label=com.docker.compose.project=$(instance)

# part NAME COMMAND…: its output, errors among it, and its exit code; nothing waits for ever.
part() {
  local name=$1 code=0
  shift
  timeout 90 "$@" >"$work/$name" 2>&1 </dev/null || code=$?
  [ "$code" = 0 ] || printf '\n(ended with %s)\n' "$code" >>"$work/$name"
}
versions() {
  uname -srm
  sed -n 's/^PRETTY_NAME=//p' /etc/os-release
  docker version
  "$here/compose.sh" version
  git log -1 --format='commit %h %ad' 2>/dev/null || true
  docker image ls --format '{{.Repository}}:{{.Tag}} {{.ID}} {{.CreatedSince}}' | grep -i berth || true
}
machine() { df -hP; df -iP; free -m; uptime; docker system df; docker info; }
states() {
  docker ps -a --filter "label=$label" --format '{{.Names}} {{.Image}} {{.Status}}'
  docker ps -a --filter "label=$LABEL=$(instance)" --format '{{.Names}} {{.Image}} {{.Status}} {{.Size}}'
  docker ps -aq --filter "label=$label" | xargs -r docker inspect -f '{{.Name}} {{json .State}} restarts={{.RestartCount}}'
  docker network ls
  if overlay swarm; then
    docker node ls
    docker service ls
    docker service ps --no-trunc "$(instance)_hub" "$(instance)_proxy"
  fi
  docker volume ls --filter "label=$LABEL=$(instance)"
}
files() { ls -ln . secrets config.d 2>/dev/null || true; }
export -f versions machine states files
export here LABEL label
instance() { setting COMPOSE_PROJECT_NAME berth; }
export -f instance setting overlay

part versions.txt bash -c versions
part machine.txt bash -c machine
part states.txt bash -c states
part files.txt bash -c files
part doctor.json ./berth doctor --json
part status.json ./berth status --json
part servers.json ./berth servers --json
part config-check.txt ./berth config check
part config.json ./berth config show --json
part audit.txt ./berth audit -n 100
for service in hub proxy nginx apache; do
  id=$(containers_of "$service" -aq | sed -n 1p)
  [ -z "$id" ] || part "log-$service.txt" docker logs --timestamps --tail 1000 "$id"
done
for log in "$BUILD_DIR"/*.log; do
  [ ! -e "$log" ] || part "make-$(basename "$log").txt" tail -n 100 "$log"
done

docker run --rm --network none --user 0:0 --cap-drop ALL --cap-add DAC_OVERRIDE --read-only -v "$ROOT:/srv/berth:ro" -v "$work:/bundle" \
  "$image" node dist/hub/src/berth.js mask /srv/berth /bundle ||
  fail 'The secrets could not be taken out, so nothing was written.' "See that the image $image runs."
tar -C "$work" --owner=0 --group=0 -czf "$file.part" .
mv "$file.part" "$file"
say "$file: $(find "$work" -type f | wc -l) parts, $(($(stat -c %s "$file") / 1024)) KB."
say 'Secrets are masked; names of people and addresses are not. Look through it before you send it.'

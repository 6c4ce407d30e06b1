#!/usr/bin/env bash
# restore.sh FILE [--replace]: puts an archive of `berth backup` back: configuration and secrets into this folder, store and
# people's files into volumes. The whole archive is read and checked before anything is written. Where there is a store
# already it refuses, unless --replace is said; what it replaces in this folder and the store is kept beside.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/voice.sh"
. "$here/settings.sh"

file='' replace=''
for word in "$@"; do
  case $word in
    --replace) replace=yes ;;
    -*) fail "'$word' means nothing here." 'Say: berth restore FILE [--replace]' ;;
    *) file=$word ;;
  esac
done
[ -n "$file" ] || fail 'Which archive?' 'Say: berth restore FILE, or make restore FILE=…'
[ -f "$file" ] || fail "There is no file $file." 'Say: berth restore FILE'
file=$(realpath "$file")
mkdir -p "$BUILD_DIR"
exec 9>"$BUILD_DIR/lock"
flock -n 9 || fail 'Another make is at work in this folder.' 'Wait until it is done, then run this again.'

# The program that reads archives is in the hub's image: that comes first, and changes nothing here.
"$here/engine.sh"
"$here/extra-ca.sh"
"$here/base-image.sh"
"$here/build-hub.sh"
image=$(setting BERTH_IMAGE berth:latest)

# archive OPTIONS… -- WORDS…
archive() {
  local options=()
  while [ "$1" != -- ]; do options+=("$1") && shift; done
  shift
  docker run --rm --network none --user 0:0 --cap-drop ALL --cap-add DAC_OVERRIDE --cap-add CHOWN --cap-add FOWNER --cap-add FSETID \
    --read-only -v "$file:/archive:ro" ${options[@]+"${options[@]}"} "$image" node dist/hub/src/berth.js archive "$@"
}

say 'archive: reading all of it.'
told=$(archive -- check /archive --json 2>&1) || fail "$(tail -n 1 <<<"$told")" 'Nothing was written. Take another archive; ./berth backup --check FILE tells whether one is good.'
say "archive: whole. Made $(sed -n 's/^ *"made": "\(.*\)".*/\1/p' <<<"$told"), schema $(sed -n 's/^ *"schema": \([0-9]*\).*/\1/p' <<<"$told")."
# Of an object in the list "volumes", whose lines are in a fixed order.
mapfile -t names < <(sed -n '/"volumes": \[/,$ s/^ *"name": "\(.*\)",*$/\1/p' <<<"$told")
mapfile -t users < <(sed -n '/"volumes": \[/,$ s/^ *"user": "\{0,1\}\([^",]*\)"\{0,1\},*$/\1/p' <<<"$told")

# Names are those of the archive's .env, unless the environment says others, as everywhere.
stage=$(mktemp -d "$BUILD_DIR/restore.XXXXXX")
trap 'rm -rf "$stage"' EXIT
archive -v "$stage:/stage" -- restore /archive --project /stage
from_archive() { ROOT=$stage FROM_CONFIG=/nonexistent setting "$@"; }
# People's servers of that name, on this machine and, where it leads a Swarm, on all of it.
servers() {
  local of=(-q --filter "label=$LABEL=$project" --filter label=org.berth.user) leads
  docker ps "${of[@]}"
  leads=$(docker info -f '{{.Swarm.ControlAvailable}}')
  [ "$leads" != true ] || docker service ls "${of[@]}"
}
data=$(from_archive DATA_VOLUME_HOST jupyterhub-data)
project=$(from_archive COMPOSE_PROJECT_NAME berth)
owner=$(from_archive BERTH_UID 64830):$(from_archive BERTH_GID 64830)
[ "$(id -u)" = 0 ] || owner=$(id -u):$(id -g)

holds() { [ -n "$(docker run --rm --network none --user 0:0 -v "$1:/v:ro" "$image" sh -c "ls -A /v ${2:+| grep -x $2}" 2>/dev/null | sed -n 1p || true)" ]; }
running=$(docker ps -q --filter "label=com.docker.compose.project=$project" --filter label=com.docker.compose.service=hub)$(docker ps -q --filter "label=com.docker.swarm.service.name=${project}_hub")
[ -z "$running" ] || fail "The hub $project runs on this engine." 'Restore under a running hub is not possible: make down ALL=1 first.'
# What they write would go on over what is put back, and the next hub ends those that its store does not know.
working=$(servers)
[ -z "$working" ] || fail "Notebook servers of $project run still; nothing was written." 'Tell their people, then end them: make down ALL=1'
if [ -z "$replace" ]; then
  refuse() { fail "$1; it is left as it is, and nothing was written." 'To put the archive over it say: berth restore FILE --replace'; }
  if docker volume inspect "$data" >/dev/null 2>&1 && holds "$data" berth.json; then refuse "The volume $data holds a store already"; fi
  for name in ${names[@]+"${names[@]}"}; do
    if docker volume inspect "$name" >/dev/null 2>&1 && holds "$name"; then refuse "The volume $name holds files already"; fi
  done
fi

suffix=$(date +%Y%m%d-%H%M%S)
archive -v "$ROOT:/srv/berth" -- restore /archive --project /srv/berth --suffix "$suffix"
say 'configuration and secrets: put back.'
volume() {
  docker volume inspect "$1" >/dev/null 2>&1 || docker volume create --label "$LABEL=$project" ${2:+--label "org.berth.user=$2"} "$1" >/dev/null ||
    fail "The volume $1 could not be made." "'docker volume ls' shows what is there."
}
volume "$data" ''
# One container a volume: what is unpacked sees its own volume and no other.
for index in "${!names[@]}"; do
  user=${users[$index]}
  [ "$user" != null ] || user=''
  volume "${names[$index]}" "$user"
  archive -v "${names[$index]}:/volumes/$index" -- restore /archive --volume "$index"
  say "volume ${names[$index]}: put back."
done
# The store last: where it is, everything is.
archive -v "$data:/data" -- restore /archive --data /data --owner "$owner" --suffix "$suffix"
say "store: put back into $data."
say 'restored. Look at .env (port, PUBLIC_URL), then: make up'

#!/usr/bin/env bash
# upgrade.sh            builds the new images beside the running ones, looks whether they can take over, keeps a copy of the store,
#                       replaces the hub, and puts the old one back when the new one does not get well
# upgrade.sh --check    only looks, and builds nothing
# upgrade.sh --proxy    replaces the proxy too when its image is a new one: that cuts every open connection once
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/voice.sh"
. "$here/settings.sh"
. "$here/run-logged.sh"

check='' with_proxy=''
for word in "$@"; do
  case $word in
    --check) check=yes ;;
    --proxy) with_proxy=yes ;;
    *) fail "'$word' means nothing here." 'Say: berth upgrade [--check] [--proxy]' ;;
  esac
done
image=$(setting BERTH_IMAGE berth:latest)
proxy_image=$(setting BERTH_PROXY_IMAGE berth-proxy:latest)
data=$(setting DATA_VOLUME_HOST jupyterhub-data)
deadline=$(setting UPGRADE_DEADLINE 120)

container() { containers_of "$1" -q | sed -n 1p; }
image_of() { docker inspect -f '{{.Image}}' "$1"; }
# number JSON NAME
number() { sed -n "s/.*\"$2\":\([0-9]*\).*/\1/p" <<<"$1"; }
# On the data volume, as root: archive_in IMAGE ro|rw COMMAND…
on_data() {
  local with=$1 mode=$2
  shift 2
  timeout 120 docker run --rm --network none --user 0:0 --read-only -v "$data:/data:$mode" "$with" "$@"
}

hub=$(container hub)
proxy=$(container proxy)
if [ -z "$hub" ] || [ -z "$proxy" ]; then fail 'Hub and proxy do not run, so there is nothing to upgrade under way.' 'make up builds and starts the newest.'; fi
old=$(image_of "$hub")
old_proxy=$(image_of "$proxy")

# --- Looking -------------------------------------------------------------------------------------------------------
# Starts that are under way finish by themselves after a restart; whoever waits sees it on their page. Said, not waited for.
starting() {
  docker exec "$hub" node dist/hub/src/berth.js servers --json 2>/dev/null | grep -cE '"state": "(queued|pulling|creating|starting|waiting|stopping)"' || true
}
say "running: hub $(docker inspect -f '{{slice .Image 7 19}}' "$hub"), proxy $(docker inspect -f '{{slice .Image 7 19}}' "$proxy"); servers on their way up or down: $(starting)."
if [ -n "$check" ]; then
  wanted=$("$here/inputs.sh" package.json package-lock.json tsconfig.json tsconfig.build.json .dockerignore hub proxy/src)
  built=$(docker image inspect -f '{{index .Config.Labels "org.berth.inputs"}}' "$image" 2>/dev/null || true)
  runs=$(docker image inspect -f '{{index .Config.Labels "org.berth.inputs"}}' "$old" 2>/dev/null || true)
  if [ "$wanted" = "$runs" ]; then say 'hub: what runs is what this folder would build.'; else say "hub: this folder has another one$([ "$built" = "$wanted" ] && echo ', built already' || echo ', which make upgrade builds first')."; fi
  has=$(on_data "$old" ro sh -c 'head -c 100 /data/berth.json' | sed -n 's/^{ *"schema" *: *\([0-9]*\).*/\1/p')
  comes=$(sed -n 's/^export const SCHEMA_VERSION = \([0-9]*\);/\1/p' "$ROOT/hub/src/adapters/store/schema.ts")
  if [ "$has" = "$comes" ]; then say "store: schema $has stays."; else say "store: schema $has becomes $comes; a copy is kept."; fi
  proxys=$("$here/inputs.sh" package-lock.json hub/Dockerfile proxy/src)
  if [ "$(docker image inspect -f '{{index .Config.Labels "org.berth.proxy-inputs"}}' "$old_proxy" 2>/dev/null)" = "$proxys" ]; then
    say 'proxy: stays as it is.'
  else
    say 'proxy: there is a newer one; it stays until make upgrade PROXY=1.'
  fi
  "$here/disk.sh" "$(setting BUILD_NEEDS_MB 3000)"
  exit 0
fi

# --- The new images, beside the old --------------------------------------------------------------------------------
# Under names of their own, so that no build and no clearing up takes them away.
untagged() { case ${1##*/} in *:*) printf '%s' "${1%:*}" ;; *) printf '%s' "$1" ;; esac; }
before=$(untagged "$image"):before-upgrade
proxy_before=$(untagged "$proxy_image"):before-upgrade
docker tag "$old" "$before"
docker tag "$old_proxy" "$proxy_before"
begun=$SECONDS
put_tags_back() {
  docker tag "$before" "$image"
  docker tag "$proxy_before" "$proxy_image"
}
# Whatever goes wrong from here on, the tags go back: make up would take the new images otherwise.
"$here/build.sh" || { put_tags_back && exit "$SAID"; }
new=$(docker image inspect -f '{{.Id}}' "$image")
new_proxy=$(docker image inspect -f '{{.Id}}' "$proxy_image")
if [ "$new" = "$old" ] && { [ -z "$with_proxy" ] || [ "$new_proxy" = "$old_proxy" ]; }; then
  say 'nothing to upgrade: what runs is what this folder builds.'
  exit 0
fi

# The new hub reads a copy of the store in memory: what it would make of it, and whether it can.
trial=$(on_data "$image" ro node dist/hub/src/berth.js archive schema /data/berth.json 2>&1) || {
  put_tags_back
  fail "The new hub cannot read the store: $(tail -n 1 <<<"$trial" | cut -c1-300)" 'Nothing was replaced. Report it with that line.'
}
from=$(number "$trial" from) to=$(number "$trial" to)
say "store: schema $from$([ "$from" = "$to" ] && echo ' stays' || echo " becomes $to"); $(number "$trial" users) users, $(number "$trial" servers) servers."

# --- The hub -------------------------------------------------------------------------------------------------------
kept=berth.json.before-upgrade
on_data "$old" rw sh -c "cp -p /data/berth.json /data/$kept.new && sync /data/$kept.new && mv /data/$kept.new /data/$kept" ||
  { put_tags_back && fail 'No copy of the store could be kept.' "Nothing was replaced. Make room on the volume $data."; }
say "store: a copy is kept as $kept on $data."

# Compose sees the proxy's tag, too: unless it is to go, it stays where it is until the hub is well.
[ -n "$with_proxy" ] || docker tag "$old_proxy" "$proxy_image"

healthy() {
  local until=$((SECONDS + $1)) id state
  while [ "$SECONDS" -lt "$until" ]; do
    id=$(container hub)
    state=$([ -z "$id" ] || docker inspect -f '{{if .State.Restarting}}restarting{{else}}{{.State.Health.Status}}{{end}} {{.RestartCount}}' "$id" 2>/dev/null || true)
    case $state in
      'healthy '*) return 0 ;;
      # It has ended several times: waiting longer changes nothing.
      *' '[4-9] | *' '[1-9][0-9]*) return 1 ;;
    esac
    sleep 0.3
  done
  return 1
}
replace() { run_logged "$1" 180 "$here/compose.sh" up -d --no-deps --no-build hub; }

step_back() {
  printf '\n       the last words of the new hub:\n' >&2
  docker logs --tail 15 "$(containers_of hub -aq | sed -n 1p)" 2>&1 | cut -c1-300 | sed 's/^/       | /' >&2 || true
  say 'stepping back: the old hub comes again.'
  "$here/compose.sh" stop -t 10 hub >>"$BUILD_DIR/upgrade.log" 2>&1 || true
  put_tags_back
  # What the old hub could not read goes aside; the copy was made by the new one before it changed anything, or by us.
  # shellcheck disable=SC2016
  on_data "$old" rw sh -c '
    schema() { head -c 100 "$1" | sed -n "s/^{ *\"schema\" *: *\([0-9]*\).*/\1/p"; }
    cd /data
    [ "$(schema berth.json)" != "$1" ] || exit 0
    copy=berth.json.before-upgrade
    [ ! -e "berth.json.schema-$1" ] || [ "berth.json.schema-$1" -ot "$copy" ] || copy=berth.json.schema-$1
    cp -p "$copy" berth.json.back && sync berth.json.back && mv berth.json berth.json.of-failed-upgrade && mv berth.json.back berth.json
    echo "berth: store: the copy $copy is back; what the new hub made is berth.json.of-failed-upgrade."
  ' back "$from" || fail 'The copy of the store could not be put back.' "It lies on the volume $data as berth.json.before-upgrade: copy it over berth.json, then make up."
  if replace upgrade-back && healthy "$deadline"; then
    fail "The upgrade did not work: the new hub did not get well within $deadline s. The old one runs again; no notebook noticed." "Read the lines above. The old images are in force until the next make up or make upgrade."
  fi
  last_words upgrade-back
  fail 'The upgrade did not work, and the old hub does not get well either.' "Look into 'make logs'. Notebooks go on; the kept store is berth.json.before-upgrade on $data."
}

if [ "$new" != "$old" ]; then
  say 'hub: replacing it. Notebooks and their connections go through the proxy, which stays.'
  away=$SECONDS
  if ! replace upgrade || ! healthy "$deadline"; then step_back; fi
  say "hub: the new one is well after $((SECONDS - away)) s."
fi

# --- The proxy -----------------------------------------------------------------------------------------------------
if [ "$new_proxy" = "$old_proxy" ]; then
  say 'proxy: stays as it is.'
elif [ -z "$with_proxy" ]; then
  say "proxy: there is a newer one. It stays for now, because replacing it cuts every open connection once:"
  say '       make upgrade PROXY=1 at a quiet hour (make up does it, too).'
else
  say 'proxy: replacing it. Requests under way get 10 s to finish; WebSockets end, and JupyterLab opens them again.'
  run_logged upgrade-proxy 180 "$here/compose.sh" up -d --no-deps --no-build proxy || explain upgrade-proxy 'The proxy could not be replaced'
  "$here/wait.sh" "$deadline"
fi
say "upgraded after $((SECONDS - begun)) s: $("$here/address.sh")/"

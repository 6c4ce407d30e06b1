#!/usr/bin/env bash
# Lets the hub itself read the configuration before it is started: it alone knows all of it. Every mistake in .env,
# secrets/oauth.env, config.yaml and config.d/ is told at once, with its line.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
cd "$ROOT"

spawner=()
# As compose/swarm.yaml has it.
if overlay swarm; then spawner=(-e SPAWNER=swarm); fi
# As whoever runs make, who may read secrets/; the certificates are a path of the running hub only.
berth_config() {
  local verb=$1
  shift
  timeout 60 docker run --rm --network none --user "$(id -u):$(id -g)" -v "$ROOT:/srv/berth:ro" -w /srv/berth \
    -e CONFIG_FILE=config.yaml ${spawner[@]+"${spawner[@]}"} "$(setting BERTH_IMAGE berth:latest)" \
    node /opt/berth/dist/hub/src/berth.js config "$verb" --env-file .env --env-file secrets/oauth.env "$@"
}

code=0
told=$(berth_config check 2>&1) || code=$?
if [ "$code" = 2 ]; then
  mapfile -t faults < <(grep -v '^(' <<<"$told")
  [ ${#faults[@]} -le 1 ] || printf '\n       | %s' "${faults[@]:1}" >&2
  fail "${faults[0]}${faults[1]:+ (and the ${#faults[@]} lines above)}." 'Correct it and run make again. What every setting means: docs/reference/settings.md.'
fi
[ "$code" = 0 ] || fail "The hub's image does not run: $(tail -n 1 <<<"$told" | cut -c1-200)." "Build it anew: docker image rm -f $(setting BERTH_IMAGE berth:latest), then run make again."
grep '^(' <<<"$told" | sed 's/^(\(.*\))$/\1/' | while IFS= read -r line; do say "settings: $line."; done || true

berth_config compose >"$FROM_CONFIG.new"
mv "$FROM_CONFIG.new" "$FROM_CONFIG"
say 'settings: the hub understands them.'

#!/usr/bin/env bash
# backup-volumes.sh all|none|USER,…: the volumes with people's files, one a line: NAME, a tab, and whose it is if known.
# What the store knows of, and what carries this Berth's label; the hub's own data volume is not among them.
# It fails when that cannot be told: a backup of fewer volumes than there are would be called good.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"

chosen=${1:-all}
[ "$chosen" != none ] || exit 0
data=$(setting DATA_VOLUME_HOST jupyterhub-data)

untold() { fail "$1, so nobody knows whether a backup would be whole; none was made." "See the lines above; './berth backup --volumes none' makes one without people's files."; }
# The client passes a TERM on to the container, which may be deaf to it.
soon() { timeout -k 5 60 docker "$@"; }

# The store is one file that is only ever replaced whole: reading it disturbs no hub.
in_store=$(soon run --rm --network none --user 0:0 --cap-drop ALL --cap-add DAC_READ_SEARCH -v "$data:/data:ro" "$(setting BERTH_IMAGE berth:latest)" \
  sh -c '[ ! -e /data/berth.json ] || exec node dist/hub/src/berth.js archive volumes /data/berth.json') ||
  untold 'Which volumes the store knows of could not be read'
labelled=$(soon volume ls --filter "label=$LABEL=$(instance)" --format '{{.Name}}{{"\t"}}{{.Label "org.berth.user"}}') ||
  untold "The engine did not list this Berth's volumes"
there=$(soon volume ls -q) || untold 'The engine did not list its volumes'

declare -A listed=()
while IFS= read -r name; do
  [ -z "$name" ] || listed[$name]=1
done <<<"$there"
# A driver that does not answer lists nothing: what is not in the list is gone only when the engine says so.
there_is() {
  local said
  [ -z "${listed[$1]:-}" ] || return 0
  if said=$(soon volume inspect "$1" 2>&1); then return 0; fi
  ! grep -qi 'no such volume' <<<"$said" || return 1
  printf '%s\n' "$said" >&2
  untold "Whether there is the volume $1 could not be told"
}

rows=$(printf '%s\n' "$in_store" "$labelled" | awk -F '\t' -v data="$data" '$1 != "" && $1 != data && !seen[$1]++' | sort)
while IFS=$'\t' read -r name user; do
  if [ -z "$name" ] || ! there_is "$name"; then continue; fi
  case $chosen in
    all) ;;
    *) case ",$chosen," in *",$user,"*) [ -n "$user" ] || continue ;; *) continue ;; esac ;;
  esac
  printf '%s\t%s\n' "$name" "$user"
done <<<"$rows"

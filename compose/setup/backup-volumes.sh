#!/usr/bin/env bash
# backup-volumes.sh all|none|USER,…: the volumes with people's files, one a line: NAME, a tab, and whose it is if known.
# What the store knows of, and what carries this Berth's label; the hub's own data volume is not among them.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"

chosen=${1:-all}
[ "$chosen" != none ] || exit 0
data=$(setting DATA_VOLUME_HOST jupyterhub-data)

{
  # The store is one file that is only ever replaced whole: reading it disturbs no hub.
  timeout 60 docker run --rm --network none --user 0:0 --cap-drop ALL --cap-add DAC_READ_SEARCH -v "$data:/data:ro" "$(setting BERTH_IMAGE berth:latest)" \
    sh -c '[ ! -e /data/berth.json ] || exec node dist/hub/src/berth.js archive volumes /data/berth.json'
  docker volume ls -q --filter "label=$LABEL=$(instance)" | xargs -r docker volume inspect -f '{{.Name}}{{"\t"}}{{index .Labels "org.berth.user"}}'
} | awk -F '\t' -v data="$data" '$1 != data && !seen[$1]++' | sort |
  while IFS=$'\t' read -r name user; do
    docker volume inspect "$name" >/dev/null 2>&1 || continue
    case $chosen in
      all) ;;
      *) case ",$chosen," in *",$user,"*) [ -n "$user" ] || continue ;; *) continue ;; esac ;;
    esac
    printf '%s\t%s\n' "$name" "$user"
  done

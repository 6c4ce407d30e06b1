#!/usr/bin/env bash
# build.sh: everything that has to be there before Compose can start, with the notebook images marked `default`.
# --before-start: and the port has to be free. --all: and all notebook images (`make build`).
# IMAGE='<id> …': these notebook images only.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/voice.sh"
. "$here/settings.sh"
. "$here/catalogue.sh"
mkdir -p "$BUILD_DIR"
exec 9>"$BUILD_DIR/lock"
flock -n 9 || fail 'Another make is at work in this folder.' 'Wait until it is done, then run make again.'

"$here/files.sh"
"$here/check-env.sh"
"$here/check-userlist.sh"
"$here/engine.sh"
[ "${1:-}" != --before-start ] || "$here/port.sh"
"$here/extra-ca.sh"
"$here/machine.sh"
"$here/base-image.sh"
if [ -n "${IMAGE:-}" ]; then
  read -ra chosen <<<"$IMAGE"
  "$here/build-notebooks.sh" "${chosen[@]}"
  exit 0
fi
"$here/build-hub.sh"
"$here/build-pam.sh"
"$here/build-front.sh"
if [ "${1:-}" = --all ]; then
  "$here/build-notebooks.sh"
else
  for id in $(catalogue_ids); do
    [ "$(catalogue_says "$id" default)" != true ] || "$here/build-notebook.sh" "$id"
  done
fi
"$here/check-settings.sh"
"$here/network-and-volume.sh"
"$here/data-owner.sh"

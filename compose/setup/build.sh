#!/usr/bin/env bash
# `make build`: everything that has to be there before Compose can start. IMAGE=<id> builds one notebook image only.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/voice.sh"
. "$here/settings.sh"
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
  "$here/build-notebook.sh" "$IMAGE"
  exit 0
fi
"$here/build-hub.sh"
"$here/build-pam.sh"
"$here/build-front.sh"
# Those that the catalogue marks as default.
mapfile -t defaults < <(awk '$1 == "-" && $2 == "id:" { id = $3 } $1 == "default:" && $2 == "true" { print id }' "$ROOT/notebook-images/catalogue.yaml")
for id in "${defaults[@]}"; do "$here/build-notebook.sh" "$id"; done
"$here/check-settings.sh"
"$here/network-and-volume.sh"
"$here/data-owner.sh"

#!/usr/bin/env bash
# Builds the images of the servers before the proxy, where .env asks for them: anew when what they are made of has changed.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"

for front in nginx apache; do
  overlay "$front" || continue
  inputs=$("$here/inputs.sh" "nginx/Dockerfile.$front")
  "$here/image.sh" "$front" "$(setting BERTH_FRONT_IMAGE "berth-$front:latest")" "$inputs" "$ROOT/nginx" "$ROOT/nginx/Dockerfile.$front"
done
overlay acme || exit 0
"$here/image.sh" acme "$(setting BERTH_ACME_IMAGE berth-acme:latest)" "$("$here/inputs.sh" compose/acme)" "$ROOT/compose/acme" "$ROOT/compose/acme/Dockerfile"

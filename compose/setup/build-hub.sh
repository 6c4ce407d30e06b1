#!/usr/bin/env bash
# Builds the image of hub and proxy. The proxy's tag follows only when what the proxy is made of has changed: a new hub
# then replaces the hub's container and leaves the proxy, with everybody's connections, alone.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"

hub=$(setting BERTH_IMAGE berth:latest)
proxy=$(setting BERTH_PROXY_IMAGE berth-proxy:latest)
all=$("$here/inputs.sh" package.json package-lock.json tsconfig.json tsconfig.build.json .dockerignore hub proxy/src)
proxys=$("$here/inputs.sh" package-lock.json hub/Dockerfile proxy/src)

"$here/image.sh" hub "$hub" "$all" "$ROOT" "$ROOT/hub/Dockerfile" "org.berth.proxy-inputs=$proxys"
if [ "$(docker image inspect -f '{{index .Config.Labels "org.berth.proxy-inputs"}}' "$proxy" 2>/dev/null)" != "$proxys" ]; then
  docker tag "$hub" "$proxy"
  say "image $proxy: now this one."
fi

#!/usr/bin/env bash
# image.sh NAME TAG INPUTS CONTEXT DOCKERFILE [LABEL=VALUE…]: builds one image unless it was built from these inputs already.
# INPUTS is a word that stands for everything that goes into it; it is kept as a label.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
. "$here/run-logged.sh"

name=$1 tag=$2 inputs=$3 context=$4 dockerfile=$5
shift 5

if [ "$(docker image inspect -f '{{index .Config.Labels "org.berth.inputs"}}' "$tag" 2>/dev/null)" = "$inputs" ]; then
  say "image $tag: up to date."
  exit 0
fi
"$here/disk.sh" "$(setting BUILD_NEEDS_MB 3000)"

arguments=(--build-arg "BASE_IMAGE=$(setting BASE_IMAGE debian:trixie-slim)" --label "org.berth.inputs=$inputs")
for label in "$@"; do arguments+=(--label "$label"); done
# One NAME=value a line.
while IFS= read -r argument; do
  [ -z "$argument" ] || arguments+=(--build-arg "$argument")
done <<<"${BUILD_ARGUMENTS:-}"
# Docker takes these in without a word of them in the image.
for variable in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
  [ -z "${!variable:-}" ] || arguments+=(--build-arg "$variable")
done

say "image $tag: building (log: compose/build/$name.log)."
begun=$SECONDS
# The tag moves only when the build has succeeded; a failed one leaves the image of before.
run_logged "$name" "$(setting BUILD_DEADLINE 1800)" docker build --force-rm -f "$dockerfile" -t "$tag" "${arguments[@]}" "$context" ||
  explain "$name" "The image $tag could not be built"

# What this build replaced: its predecessors without a tag, unless a container still runs on them.
docker image ls -q --filter dangling=true --filter label=org.berth.inputs | xargs -r docker image rm >/dev/null 2>&1 || true
# The newest build stage is the next build's cache; older ones only take room.
docker image ls -q --filter dangling=true --filter label=org.berth.stage=build | tail -n +2 | xargs -r docker image rm >/dev/null 2>&1 || true
say "image $tag: built in $((SECONDS - begun)) s."

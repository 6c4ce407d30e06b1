#!/usr/bin/env bash
# image.sh NAME TAG INPUTS CONTEXT DOCKERFILE [LABEL=VALUE…]: builds one image unless it was built from these inputs already.
# INPUTS is a word that stands for everything that goes into it; it is kept as a label. FRESH=1: builds anyway, and takes no
# step from the cache, which is how newer packages come in.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
. "$here/run-logged.sh"

name=$1 tag=$2 inputs=$3 context=$4 dockerfile=$5
shift 5

if [ -z "${FRESH:-}" ] && [ "$(docker image inspect -f '{{index .Config.Labels "org.berth.inputs"}}' "$tag" 2>/dev/null)" = "$inputs" ]; then
  say "image $tag: up to date."
  exit 0
fi
"$here/disk.sh" "$(setting BUILD_NEEDS_MB 3000)"

stage_of=$("$here/remove-stages.sh" --name "$tag")
arguments=(--build-arg "STAGE_OF=$stage_of" --build-arg "BASE_IMAGE=$(setting BASE_IMAGE debian:trixie-slim)" --label "org.berth.inputs=$inputs")
[ -z "${FRESH:-}" ] || arguments+=(--no-cache)
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
before=$(docker image inspect -f '{{.Id}}' "$tag" 2>/dev/null || true)
# The tag moves only when the build has succeeded; a failed one leaves the image of before.
run_logged "$name" "$(setting BUILD_DEADLINE 1800)" docker build --force-rm -f "$dockerfile" -t "$tag" "${arguments[@]}" "$context" ||
  explain "$name" "The image $tag could not be built"

# Only what is this build's own goes: another build on this engine may be half-way through stages of its own.
# The image that this one replaced, unless it has another name or a container runs on it.
if [ -n "$before" ] && [ "$(docker image inspect -f '{{len .RepoTags}}' "$before" 2>/dev/null)" = 0 ]; then
  docker image rm "$before" >/dev/null 2>&1 || true
fi
# The newest build stage is the next build's cache; older ones only take room.
"$here/remove-stages.sh" "$tag" 2
say "image $tag: built in $((SECONDS - begun)) s."

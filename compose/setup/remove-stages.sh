#!/usr/bin/env bash
# remove-stages.sh TAG FROM     removes the build stages of an image, from the FROM-th newest on
# remove-stages.sh --name TAG   prints the word that its stages have as the label org.berth.stage
# The word stands for the image and for this folder: others on the same engine build images of that name, too, and
# removing the stage of a build that is half-way would end it.
set -euo pipefail
here=$(dirname "$0")
. "$here/settings.sh"

word() { printf '%s %s' "$ROOT" "$1" | sha256sum | cut -c1-32; }
if [ "$1" = --name ]; then
  word "$2"
  exit 0
fi
docker image ls -q --no-trunc --filter dangling=true --filter "label=org.berth.stage=$(word "$1")" |
  tail -n "+$2" | xargs -r docker image rm >/dev/null 2>&1 || true

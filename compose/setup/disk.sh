#!/usr/bin/env bash
# disk.sh MEGABYTES: is there that much room where the engine keeps images and volumes?
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
. "$here/run-logged.sh"

needed=$1
root=$(docker_root)
if [ ! -d "$root" ]; then
  say "disk: $root is not on this machine, cannot look at it."
  exit 0
fi
free=$(($(df -Pk "$root" | awk 'NR == 2 { print $4 }') / 1024))
[ "$free" -ge "$needed" ] ||
  fail "No room: Docker keeps its data in $root, where $free MB are free and about $needed MB are needed." \
    "Free some ('docker system df' shows what takes it, 'docker image prune' removes unused images) or give $root a larger disk, then run make again."
say "disk: $free MB free in $root."

#!/usr/bin/env bash
# inputs.sh PATH…: one word for the content of these files and folders (tests and what tools left behind apart) and for
# the base image. Times and owners do not count: a fresh clone has the same word.
set -euo pipefail
here=$(dirname "$0")
. "$here/settings.sh"
cd "$ROOT"
export LC_ALL=C

{
  docker image inspect -f '{{.Id}}' "$(setting BASE_IMAGE debian:trixie-slim)"
  find "$@" \( -name node_modules -o -name dist \) -prune -o -type f ! -name '*.test.ts' ! -name '*.test.tsx' -print0 |
    sort -z | xargs -0 sha256sum
} | sha256sum | cut -c1-32

#!/usr/bin/env bash
# `./berth import FILE [--apply] [--let-in] [--json]`: a file of this machine goes to the hub's container and is read there.
# A path that is not here is one of the container's, such as /data/jupyterhub.sqlite on the hub's own volume.
set -euo pipefail
here=$(dirname "$0")

file='' words=()
for word in "$@"; do
  if [ -z "$file" ] && [[ $word != -* ]]; then file=$word; else words+=("$word"); fi
done
berth=(node dist/hub/src/berth.js import)
if [ -z "$file" ] || [ ! -f "$file" ]; then
  exec "$here/compose.sh" exec -T hub "${berth[@]}" ${file:+"$file"} ${words[@]+"${words[@]}"} </dev/null
fi
# compose.sh goes to the project's folder: the file is opened before that. It stays in memory there, for the hub's user only.
# shellcheck disable=SC2016  # for the shell over there
exec "$here/compose.sh" exec -T hub sh -c '
  umask 077
  folder=$(mktemp -d) || exit 1
  trap "rm -rf \"$folder\"" EXIT
  cat >"$folder/jupyterhub.sqlite" && node dist/hub/src/berth.js import "$folder/jupyterhub.sqlite" "$@"' \
  import ${words[@]+"${words[@]}"} <"$file"

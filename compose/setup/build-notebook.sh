#!/usr/bin/env bash
# build-notebook.sh ID: builds notebook-images/ID, or an image of the lab's own (my-images/ID), as berth-notebook-ID; before
# it, the image that it is built on.
set -euo pipefail
here=$(dirname "$0")
. "$here/voice.sh"
. "$here/settings.sh"
. "$here/catalogue.sh"

id=$1
[[ $id =~ ^[a-z0-9][a-z0-9-]*$ ]] || fail "'$id' cannot be the name of a notebook image." 'Small letters, digits and -, as in: make build IMAGE=scipy'
folder=$ROOT/notebook-images/$id
from=$(catalogue_says "$id" from)
dockerfile=$folder/Dockerfile
if [ ! -f "$dockerfile" ]; then
  folder=$OWN_IMAGES/$id
  [ -d "$folder" ] || fail "There is no notebook image '$id'." "Choose one of: $({ catalogue_ids; own_ids; } | paste -sd' '). For one of your own: docs/how-to/bring-your-own-image.md."
  from=$(own_from "$id")
  dockerfile=$folder/Dockerfile
  [ -f "$dockerfile" ] || dockerfile=$ROOT/notebook-images/shared/own.Dockerfile
fi

# Another of these, or an image that is on this machine or in a registry.
on=$from
if [ -n "$from" ] && { [ -n "$(catalogue_says "$from" id)" ] || [ -f "$ROOT/notebook-images/$from/Dockerfile" ] || [ -d "$OWN_IMAGES/$from" ]; }; then
  [ "$from" != "$id" ] || fail "The notebook image '$id' is built on itself." "Name another one in $folder/from."
  case " ${BUILT_ON:-} " in *" $from "*) fail "Notebook images are built on each other in a circle: ${BUILT_ON} $from." "Correct the file 'from' of one of them." ;; esac
  # Nothing of a fresh build is built twice: make build FRESH=1 comes here for each image.
  BUILT_ON="${BUILT_ON:-} $id" FRESH='' "$here/build-notebook.sh" "$from"
  on=$NOTEBOOK_PREFIX$from
elif [ -n "$from" ] && ! docker image inspect "$from" >/dev/null 2>&1; then
  . "$here/run-logged.sh"
  say "image $from: not here, pulling it."
  run_logged "pull-$id" 900 docker pull -q "$from" || explain "pull-$id" "The image $from, on which $id is built, cannot be pulled"
fi

# The context is put together: the image's own files, those that several share, and this machine's certificates, which
# only build stages see. A clone made under a strict umask must not give files that jovyan cannot read.
context=$BUILD_DIR/images/$id
rm -rf "$context"
mkdir -p "$context"
cp -a "$ROOT/notebook-images/shared" "$context/shared"
cp -a "$BUILD_DIR/context" "$context/machine"
if [ "$dockerfile" = "$ROOT/notebook-images/shared/own.Dockerfile" ]; then
  : >"$context/apt.txt"
  : >"$context/requirements.txt"
  mkdir "$context/before-notebook.d"
fi
cp -aL "$folder/." "$context/"
chmod -R u=rwX,go=rX "$context"

inputs=$({
  [ -z "$on" ] || docker image inspect -f '{{.Id}}' "$on"
  "$here/inputs.sh" notebook-images/shared
  cd "$folder" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
} | sha256sum | cut -c1-32)
export BUILD_ARGUMENTS=${on:+FROM_IMAGE=$on}
"$here/image.sh" "notebook-$id" "$NOTEBOOK_PREFIX$id" "$inputs" "$context" "$dockerfile"
rm -rf "$context"
